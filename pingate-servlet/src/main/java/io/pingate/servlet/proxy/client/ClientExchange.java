package io.pingate.servlet.proxy.client;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.proxy.tunnel.Tunnel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of one exchange: all that the proxy asks of the container, in one asynchronous shape.
 *
 * <p>Nothing here blocks. A call to {@link #write} is followed by the next one only after its callback; the head
 * goes out with the first write.
 */
public interface ClientExchange {
    /**
     * The request attribute by which a server says that a WebSocket's handshake, shown as a GET of HTTP/1.1, came over HTTP/2
     * (RFC 8441): no client can set an attribute.
     */
    String HTTP2_WEBSOCKET = "io.pingate.websocket.http2";

    /** The selector of the client's connection, if it serves connections to upstreams, too; else null. */
    default @Nullable ManagedSelector selector() {
        return null;
    }

    /** The request's body, or null when there is none. */
    @Nullable
    ClientBody body();

    /** Passes an interim response on (RFC 9110, section 15.2), if the container can and the client knows of those. */
    void interim(int status, HeaderFields clientResponse);

    /** Whether trailer fields reach the client; to be asked before the head is set. */
    boolean takesTrailers();

    /** Sets what follows the response's body, before it is {@linkplain #complete completed}. */
    void trailers(HeaderFields clientResponse);

    /**
     * Sets the response's head; it is sent with the first {@link #write}, or at the end.
     */
    void head(int status, HeaderFields clientResponse);

    /** Writes these bytes, and the head if it is still here, through to the network. An empty buffer just flushes. */
    void write(ByteBuffer bytes, Callback callback);

    /** True when the head is on its way, so that no other answer can be given any more. */
    boolean isCommitted();

    /** Ends the response in good order. */
    void complete();

    /**
     * Ends the exchange with an answer of the gate's own, in the place of any head that was set but not written.
     */
    void answer(Answer answer);

    /**
     * Ends the exchange with its head, a 101, and hands the connection over to the tunnel; when the client doesn't get
     * it any more, the tunnel is broken off.
     */
    void switchProtocols(Tunnel tunnel);

    /** Cuts the response short in such a way that the client notices (RFC 9112, section 8). */
    void abort(Throwable cause);

    /** Calls {@code action} once, on any thread, when it turns out that the client has gone before the end. */
    void whenClientLeaves(Consumer<Throwable> action);
}
