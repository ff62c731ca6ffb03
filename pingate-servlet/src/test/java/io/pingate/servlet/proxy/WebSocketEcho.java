package io.pingate.servlet.proxy;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's WebSocket server: echoes fragments as they come, and closes when told {@code close <status>}. */
public final class WebSocketEcho implements Closeable {
    final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    public WebSocketEcho() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.addMapping("/open/echo", (request, response, callback) -> {
                if (request.getSubProtocols().contains("chat")) {
                    response.setAcceptedSubProtocol("chat");
                }
                return new Echo();
            });
        }));
        server.start();
    }

    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    /** Asks for the next fragment when the last one has left; public for Jetty. */
    public final class Echo implements Session.Listener {
        private Session session;

        private Echo() {}

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            session.demand();
        }

        @Override
        public void onWebSocketPartialText(String text, boolean last) {
            if (text.startsWith("close ")) {
                session.close(Integer.parseInt(text.substring(6)), "as you say", Callback.NOOP);
            } else {
                session.sendPartialText(text, last, Callback.from(session::demand, this::onWebSocketError));
            }
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer bytes, boolean last, Callback callback) {
            session.sendPartialBinary(bytes, last, Callback.from(() -> demandAfter(callback), this::onWebSocketError));
        }

        private void demandAfter(Callback callback) {
            callback.succeed();
            session.demand();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            session.disconnect();
        }

        @Override
        public void onWebSocketClose(int status, String reason, Callback callback) {
            closes.add(status);
            callback.succeed();
        }
    }
}
