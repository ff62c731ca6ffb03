package io.pingate.servlet.proxy;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Jetty's WebSocket client: keeps what comes back. Public for Jetty. */
public final class EchoClient implements Session.Listener.AutoDemanding {
    final CompletableFuture<String> text = new CompletableFuture<>();
    final CompletableFuture<Long> binary = new CompletableFuture<>();
    final CompletableFuture<ByteBuffer> pong = new CompletableFuture<>();
    final CompletableFuture<Integer> close = new CompletableFuture<>();
    private final StringBuilder textSoFar = new StringBuilder();
    private long binarySoFar;
    Session session;

    @Override
    public void onWebSocketPartialText(String part, boolean last) {
        textSoFar.append(part);
        if (last) {
            text.complete(textSoFar.toString());
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
        while (part.hasRemaining()) {
            binarySoFar = 31 * binarySoFar + part.get();
        }
        if (last) {
            binary.complete(binarySoFar);
        }
        callback.succeed();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        pong.complete(ByteBuffer.allocate(payload.remaining()).put(payload).flip());
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        close.complete(status);
        callback.succeed();
    }

    /** The test's end closes under it. */
    @Override
    public void onWebSocketError(Throwable cause) {
        close.completeExceptionally(cause);
    }
}
