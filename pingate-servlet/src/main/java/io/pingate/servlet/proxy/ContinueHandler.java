package io.pingate.servlet.proxy;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Lets the body follow when the upstream says {@code 100 Continue} (RFC 9110, section 10.1.1).
 *
 * <p>Jetty's own handler also takes every final answer to such a request, holds it whole and reports it as failed;
 * here it goes its usual way.
 */
final class ContinueHandler extends InterimHandler {
    private static final long PATIENCE_MILLIS = 1_000;

    @Override
    public String getName() {
        return "continue";
    }

    @Override
    public boolean accept(Request request, Response response) {
        return response.getStatus() == 100;
    }

    @Override
    void passedOver(HttpConversation conversation) {
        proceed(conversation);
    }

    /**
     * Sends the body after a while even if the upstream says nothing: servers of HTTP/1.0 and small ones don't know the
     * expectation and wait for the body, and no client may wait for ever (RFC 9110, section 10.1.1).
     */
    static void proceedInDoubt(Request request, Scheduler scheduler) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            HttpConversation conversation = ((HttpRequest) request).getConversation();
            request.onRequestCommit(
                    sent -> scheduler.schedule(() -> proceed(conversation), PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private static void proceed(HttpConversation conversation) {
        HttpExchange exchange = conversation.getExchanges().peekLast();
        if (exchange != null) {
            exchange.proceed(null, null);
        }
    }
}
