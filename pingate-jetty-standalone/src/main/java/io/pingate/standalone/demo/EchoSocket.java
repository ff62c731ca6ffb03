package io.pingate.standalone.demo;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket that sends back what it receives. */
public final class EchoSocket extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String message) {
        getSession().sendText(message, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        getSession().sendBinary(payload, callback);
    }

    /** Who leaves without a farewell is no news. */
    @Override
    public void onWebSocketError(Throwable cause) {}
}
