package io.pingate.servlet.proxy;

import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.tunnel.Tunnel;
import io.pingate.servlet.proxy.tunnel.TunnelResources;
import io.pingate.servlet.proxy.upstream.JettyFields;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final TunnelResources resources;
    private final OpenExchanges openExchanges;
    private final Map<Tunnel, OpenExchanges.Exchange> open = new ConcurrentHashMap<>();

    /**
     * Makes tunnels.
     *
     * @param resources what they share
     * @param openExchanges among which the tunnels of signed-in clients are
     */
    WebSocketTunnels(TunnelResources resources, OpenExchanges openExchanges) {
        this.resources = resources;
        this.openExchanges = openExchanges;
    }

    /**
     * Joins a client and an upstream that has accepted its handshake; breaks both off when that fails.
     *
     * @param client asked for it, and waits for its 101
     * @param fields those of the upstream's 101
     * @param endPoint the upstream's connection
     * @param call knows what the upstream's fields become for the client
     */
    void open(ClientExchange client, HttpFields fields, EndPoint endPoint, ProxiedRequest call) {
        Tunnel tunnel = new Tunnel(resources, endPoint, this::closed);
        OpenExchanges.Exchange exchange = tunnel::goAway;
        open.put(tunnel, exchange);
        openExchanges.enter(exchange, call.admission());
        try {
            client.head(101, WebSocketHandshake.UPGRADE.and(call.interimResponse(JettyFields.of(101, fields))));
            client.switchProtocols(tunnel);
        } catch (RuntimeException clientLeft) {
            tunnel.breakOff();
            client.abort(clientLeft);
        }
    }

    private void closed(Tunnel tunnel) {
        OpenExchanges.Exchange exchange = open.remove(tunnel);
        if (exchange != null) {
            openExchanges.leave(exchange);
        }
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
        List<Tunnel> all = List.copyOf(open.keySet());
        all.forEach(Tunnel::goAway);
        return CompletableFuture.allOf(all.stream().map(Tunnel::end).toArray(CompletableFuture[]::new));
    }
}
