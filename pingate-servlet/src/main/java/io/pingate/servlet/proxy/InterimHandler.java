package io.pingate.servlet.proxy;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * Passes over interim answers, so that the final one, which is still to come, isn't missed. There are more than Jetty
 * has handlers for (104 of resumable uploads), and any that isn't known is to be expected (RFC 9110, section 15.2).
 */
class InterimHandler implements ProtocolHandler {
    @Override
    public String getName() {
        return "interim";
    }

    @Override
    public boolean accept(Request request, Response response) {
        int status = response.getStatus();
        return status > 101 && status < 200;
    }

    @Override
    public final Response.Listener getResponseListener() {
        return new Response.Listener() {
            @Override
            public void onSuccess(Response response) {
                HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
                conversation.updateResponseListeners(null);
                conversation.getExchanges().getLast().resetResponse();
                passedOver(conversation);
            }
        };
    }

    /** What else an interim answer brings about. */
    void passedOver(HttpConversation conversation) {}
}
