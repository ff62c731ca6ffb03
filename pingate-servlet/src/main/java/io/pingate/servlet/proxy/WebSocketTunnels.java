package io.pingate.servlet.proxy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * The open WebSockets: bytes that pass between clients and upstreams after a 101 (RFC 6455), untouched.
 *
 * <p>A handshake is an ordinary proxied request up to its answer: whatever the upstream says but 101 (a refusal, an error,
 * silence) takes the way of any answer.
 */
final class WebSocketTunnels {
    private final HttpClient httpClient;
    private final Guests guests;
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

    /**
     * Makes tunnels over a client's connections.
     *
     * @param httpClient lends buffers, threads and a scheduler
     * @param guests among whom the tunnels of signed-in clients are
     */
    WebSocketTunnels(HttpClient httpClient, Guests guests) {
        this.httpClient = httpClient;
        this.guests = guests;
    }

    /**
     * Joins a client and an upstream that has accepted its handshake; breaks both off when that fails.
     *
     * @param client asked for it, and waits for its 101
     * @param fields those of the upstream's 101
     * @param endPoint the upstream's connection
     * @param call knows what the upstream's fields become for the client
     */
    void open(ClientExchange client, HttpFields fields, EndPoint endPoint, Call call) {
        Tunnel tunnel = new Tunnel(httpClient, endPoint, this::closed);
        open.add(tunnel);
        guests.enter(tunnel, call.admission());
        try {
            client.head(101, sink -> {
                sink.accept("Connection", "Upgrade");
                sink.accept("Upgrade", "websocket");
                call.interim(JettyFields.of(101, fields), sink);
            });
            client.switchProtocols(tunnel);
        } catch (RuntimeException clientLeft) {
            tunnel.breakOff();
            client.abort(clientLeft);
        }
    }

    private void closed(Tunnel tunnel) {
        open.remove(tunnel);
        guests.leave(tunnel);
    }

    /** How many tunnels are open. */
    int size() {
        return open.size();
    }

    /**
     * Ends all tunnels: both ends of each get a Close frame (1001), where it fits, and a second to answer it.
     *
     * @return done when the last connection is closed
     */
    CompletableFuture<@Nullable Void> closeAll() {
        List<Tunnel> all = List.copyOf(open);
        all.forEach(Tunnel::goAway);
        return CompletableFuture.allOf(all.stream().map(Tunnel::end).toArray(CompletableFuture[]::new));
    }
}
