package io.pingate.servlet.proxy.client.jetty;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.tunnel.EndPointEnd;
import io.pingate.servlet.proxy.tunnel.Tunnel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An exchange on Jetty, over Jetty's own request and response below the Servlet API: header bytes stay as they are
 * (the Servlet side rewrites Content-Type), buffers are not copied, and a client that leaves is noticed in silence.
 */
public final class JettyExchange implements ClientExchange {
    private final Request request;
    private final Response response;
    private final Ending ending;
    private final InterimResponses interims;
    private final @Nullable JettyBody body;
    private final ClientWatch watch;
    private final HttpVersion version;
    private HttpFields trailers = HttpFields.EMPTY;
    private @Nullable WatchedClient watched;

    JettyExchange(Request request, Response response, Ending ending, ClientWatch watch) {
        this.request = request;
        this.response = response;
        this.ending = ending;
        this.interims = new InterimResponses(request, response);
        this.body = JettyBody.of(request, interims);
        this.watch = watch;
        this.version = request.getConnectionMetaData().getHttpVersion();
        if (version.getVersion() < 20) {
            Http1Response.takeOver(request, response, body);
        }
    }

    /**
     * Begins the exchange of a request that a handler has been given.
     *
     * @param request the request
     * @param response its response
     * @param callback told of the end
     * @param watch finds out that the client has left
     */
    public static JettyExchange of(Request request, Response response, Callback callback, ClientWatch watch) {
        return new JettyExchange(request, response, new CallbackEnding(request, response, callback), watch);
    }

    @Override
    public @Nullable ManagedSelector selector() {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        SelectorSharing shared = Below.find(endPoint, SelectorSharing.class);
        return shared == null ? null : shared.selector();
    }

    @Override
    public @Nullable JettyBody body() {
        return body;
    }

    @Override
    public void interim(int status, HeaderFields clientResponse) {
        if (version.getVersion() >= 11) {
            interims.pass(status, copy(clientResponse));
        }
    }

    @Override
    public boolean takesTrailers() {
        return version.getVersion() >= 20
                || (version == HttpVersion.HTTP_1_1 && request.getHeaders().contains(HttpHeader.TE, "trailers"));
    }

    @Override
    public void trailers(HeaderFields clientResponse) {
        trailers = copy(clientResponse);
    }

    private static HttpFields.Mutable copy(HeaderFields fields) {
        HttpFields.Mutable copy = HttpFields.build();
        fields.forEach((name, value) -> copy.add(new HttpField(name, value)));
        return copy;
    }

    @Override
    public void head(int status, HeaderFields clientResponse) {
        answers();
        HttpFields.Mutable headers = response.getHeaders();
        clientResponse.forEach((name, value) -> add(headers, new HttpField(name, value)));
        if (status == HttpStatus.SWITCHING_PROTOCOLS_101 && version.getVersion() >= 20) {
            // RFC 8441 section 5: the extended CONNECT has succeeded, and needs no proof of it.
            response.setStatus(HttpStatus.OK_200);
            headers.remove("Sec-WebSocket-Accept");
            return;
        }
        response.setStatus(status);
        if (takesTrailers() && !headers.contains(HttpHeader.CONTENT_LENGTH) && hasBody(status)) {
            response.setTrailersSupplier(() -> trailers);
        }
    }

    private boolean hasBody(int status) {
        return !request.getMethod().equals("HEAD") && !HttpStatus.hasNoBody(status);
    }

    /** What the server has put in of its own gives way to what the upstream says. */
    private static void add(HttpFields.Mutable headers, HttpField field) {
        if (field.getHeader() == HttpHeader.DATE || field.getHeader() == HttpHeader.SERVER) {
            headers.put(field);
        } else {
            headers.add(field);
        }
    }

    @Override
    public void write(ByteBuffer bytes, Callback callback) {
        interims.endThen(() -> response.write(false, bytes, callback));
    }

    @Override
    public boolean isCommitted() {
        return response.isCommitted();
    }

    @Override
    public void complete() {
        letGo();
        if (!response.isCommitted() && (request.getMethod().equals("HEAD") || !interims.areOut())) {
            // Completed as it is, it would say Content-Length: 0, which is what the GET has (RFC 9110 section 9.3.2).
            write(BufferUtil.EMPTY_BUFFER, Callback.from(ending::complete));
        } else {
            ending.complete();
        }
    }

    @Override
    public void answer(Answer answer) {
        answers();
        interims.endThen(() -> {
            letGo();
            response.reset();
            JettyAnswer.write(answer, false, response, Callback.from(ending::complete, ending::abort));
        });
    }

    @Override
    public void switchProtocols(Tunnel tunnel) {
        // The connection, or one of HTTP/2's streams.
        EndPoint endPoint = request.getTunnelSupport().getEndPoint();
        EndPointEnd client = new EndPointEnd(endPoint, request.getComponents().getExecutor(), tunnel::join);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, client);
        Request.addCompletionListener(request, failure -> {
            if (failure != null) {
                tunnel.breakOff();
            }
        });
        complete();
    }

    @Override
    public void abort(Throwable cause) {
        letGo();
        ending.abort(cause);
    }

    @Override
    public void whenClientLeaves(Consumer<Throwable> action) {
        // HTTP/2 tells it by a reset of the stream; on HTTP/1.1 somebody has to look.
        ending.whenFailed(action);
        watched = watch.add(request, body, action);
    }

    private void answers() {
        WatchedClient client = watched;
        if (client != null) {
            client.answers();
        }
    }

    /** The connection is Jetty's own again: the next request may be read from it. */
    private void letGo() {
        if (body != null) {
            body.end();
        }
        WatchedClient client = watched;
        if (client != null) {
            watched = null;
            watch.remove(client);
        }
    }
}
