package io.pingate.servlet.proxy;

import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.Container;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A request as a servlet gets it. */
record ServletDoor(HttpServletRequest request, HttpServletResponse response, Container container)
        implements UpstreamProxy.Door {
    @Override
    public void answer(Answer answer) throws IOException {
        AnswerWriter.write(answer, response);
    }

    @Override
    public ClientExchange exchange() throws IOException {
        AsyncContext async = request.startAsync();
        // How long to wait is the upstream timeout's business; a stream may last for ever.
        async.setTimeout(0);
        return container.exchange(request, response, async);
    }

    @Override
    public boolean isExtendedConnect() {
        return request.getAttribute(ClientExchange.HTTP2_WEBSOCKET) != null;
    }
}
