package io.pingate.servlet.handler;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.doctor.ProbeAnswer;
import io.pingate.servlet.proxy.client.ClientExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A probe of the doctor's at the handler's door: it waits, so it gets a thread of its own. */
record ProbedRequest(Request request, Response response) implements ProbeAnswer.Client {
    void serve(ProbeAnswer answer, Callback callback) {
        request.getComponents().getExecutor().execute(() -> {
            try {
                answer.serve(this);
                callback.succeeded();
            } catch (IOException | RuntimeException e) {
                callback.failed(e);
            }
        });
    }

    @Override
    public InputStream body() {
        // What follows an extended CONNECT (RFC 8441) is the socket's, and ends with it.
        return request.getAttribute(ClientExchange.HTTP2_WEBSOCKET) == null
                ? Content.Source.asInputStream(request)
                : InputStream.nullInputStream();
    }

    @Override
    public OutputStream begin(int status, HeaderFields fields) {
        response.setStatus(status);
        fields.forEach(response.getHeaders()::add);
        return Content.Sink.asOutputStream(response);
    }
}
