package io.pingate.servlet.proxy;

import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.client.transport.ResponseListeners;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes every 101 out of the ordinary way: to the request's own {@link HttpUpgrader}, or, when it has none or that one
 * declines, into a failed result and a closed connection.
 *
 * <p>Jetty's own handler passes over a 101 that wasn't asked for, leaves the connection open when an upgrade fails, and
 * shows the listener the head of the 101 first.
 */
final class SwitchingProtocolsHandler implements ProtocolHandler {
    @Override
    public String getName() {
        return "upgrade";
    }

    @Override
    public boolean accept(Request request, Response response) {
        return response.getStatus() == 101;
    }

    @Override
    public Response.Listener getResponseListener() {
        return new Response.Listener() {
            @Override
            public void onComplete(Result result) {
                Response response = result.getResponse();
                HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
                if (result.isSucceeded()) {
                    upgrade(response, conversation);
                } else {
                    fail(response, conversation, result.getRequestFailure(), result.getResponseFailure());
                }
            }
        };
    }

    private static void upgrade(Response response, HttpConversation conversation) {
        EndPoint endPoint = UpstreamClient.endPointOf(response);
        Callback declined = Callback.from(() -> {}, cause -> {
            endPoint.close();
            fail(response, conversation, null, cause);
        });
        try {
            if (conversation.getAttribute(HttpUpgrader.class.getName()) instanceof HttpUpgrader upgrader) {
                upgrader.upgrade(response, endPoint, declined);
            } else {
                declined.failed(new HttpResponseException("a 101 that was not asked for", response));
            }
        } catch (RuntimeException e) {
            declined.failed(e);
        }
    }

    private static void fail(
            Response response,
            HttpConversation conversation,
            @Nullable Throwable requestFailure,
            @Nullable Throwable responseFailure) {
        conversation.updateResponseListeners(null);
        ResponseListeners listeners = conversation.getResponseListeners();
        Result result = new Result(response.getRequest(), requestFailure, response, responseFailure);
        listeners.notifyFailure(response, result.getFailure());
        listeners.notifyComplete(result);
    }
}
