package io.pingate.bench.peer;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;

/** Undertow's ProxyHandler, with its own numbers of threads. */
public final class UndertowPeer {
    private UndertowPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) {
        PeerArguments arguments = PeerArguments.of(args);
        LoadBalancingProxyClient client =
                new LoadBalancingProxyClient().setConnectionsPerThread(5_000).addHost(arguments.upstream());
        HttpHandler proxy = ProxyHandler.builder().setProxyClient(client).build();
        HttpHandler refusal = new ResponseCodeHandler(401);
        HttpHandler gate = exchange -> {
            if (isSignedIn(exchange, arguments.token())) {
                proxy.handleRequest(exchange);
            } else {
                refusal.handleRequest(exchange);
            }
        };
        Undertow.builder()
                .addHttpListener(arguments.port(), "127.0.0.1")
                .setHandler(gate)
                .build()
                .start();
    }

    private static boolean isSignedIn(HttpServerExchange exchange, String token) {
        Cookie cookie = exchange.getRequestCookie("pingate");
        return cookie != null && cookie.getValue().equals(token);
    }
}
