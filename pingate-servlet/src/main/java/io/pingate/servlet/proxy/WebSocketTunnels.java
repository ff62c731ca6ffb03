package io.pingate.servlet.proxy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * The open WebSockets: bytes that pass between clients and upstreams after a 101 (RFC 6455), untouched.
 *
 * <p>A handshake is an ordinary proxied request up to its answer: {@link #offer} marks it, the proxy sends it, and
 * whatever the upstream says but 101 (a refusal, an error, silence) reaches the proxy's own listener. A 101, asked for
 * or not, never does: it becomes a tunnel, or a failed result, which the proxy answers with 502.
 */
final class WebSocketTunnels {
    private final HttpClient httpClient;
    private final Guests guests;
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

    /**
     * Makes tunnels over a client's connections.
     *
     * @param httpClient has the {@link SwitchingProtocolsHandler}
     * @param guests among whom the tunnels of signed-in clients are
     */
    WebSocketTunnels(HttpClient httpClient, Guests guests) {
        this.httpClient = httpClient;
        this.guests = guests;
    }

    /**
     * Offers a WebSocket to the upstream along with the request that is about to be sent.
     *
     * @param client asked for it, by a handshake that {@link WebSocketHandshake} didn't refuse
     * @param upstreamRequest has all fields but Connection and Upgrade; its timeout is the wait for the answer
     * @param call knows what the upstream's fields become for the client
     */
    void offer(ClientExchange client, Request upstreamRequest, Call call) {
        WebSocketOffer.add(upstreamRequest, (response, endPoint) -> open(client, response, endPoint, call));
    }

    private void open(ClientExchange client, Response response, EndPoint endPoint, Call call) {
        Tunnel tunnel = new Tunnel(httpClient, endPoint, this::closed);
        open.add(tunnel);
        guests.enter(tunnel, call.admission());
        try {
            client.head(response.getStatus(), fields -> {
                fields.accept("Connection", "Upgrade");
                fields.accept("Upgrade", "websocket");
                call.answer(JettyFields.of(response), fields);
            });
            client.switchProtocols(tunnel);
        } catch (RuntimeException clientLeft) {
            tunnel.breakOff();
            throw clientLeft;
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
