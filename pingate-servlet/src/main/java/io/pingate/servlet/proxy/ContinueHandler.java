package io.pingate.servlet.proxy;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * Lets the body follow when the upstream says {@code 100 Continue} (RFC 9110, section 10.1.1).
 *
 * <p>Jetty's own handler also takes every final answer to such a request, holds it whole and reports it as failed;
 * here it goes its usual way.
 */
final class ContinueHandler implements ProtocolHandler {
    @Override
    public String getName() {
        return "continue";
    }

    @Override
    public boolean accept(Request request, Response response) {
        return response.getStatus() == 100;
    }

    @Override
    public Response.Listener getResponseListener() {
        return new Response.Listener() {
            @Override
            public void onSuccess(Response response) {
                HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
                conversation.updateResponseListeners(null);
                HttpExchange exchange = conversation.getExchanges().peekLast();
                if (exchange != null) {
                    exchange.resetResponse();
                    exchange.proceed(null, null);
                }
            }
        };
    }

    /** Sends the body without a word from the upstream. */
    static void proceed(Request request) {
        HttpExchange exchange =
                ((HttpRequest) request).getConversation().getExchanges().peekLast();
        if (exchange != null) {
            exchange.proceed(null, null);
        }
    }
}
