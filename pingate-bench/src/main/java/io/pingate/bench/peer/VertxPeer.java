package io.pingate.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

/** Vert.x's HTTP proxy, on one event loop. */
public final class VertxPeer {
    private VertxPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) {
        PeerArguments arguments = PeerArguments.of(args);
        Vertx vertx = Vertx.vertx();
        // Its own pool of five connections would be the bottleneck.
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(5_000);
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(new HttpClientOptions(), pool))
                .origin(arguments.upstream().getPort(), arguments.upstream().getHost());
        vertx.createHttpServer()
                .requestHandler(request -> {
                    Cookie cookie = request.getCookie("pingate");
                    if (cookie != null && cookie.getValue().equals(arguments.token())) {
                        proxy.handle(request);
                    } else {
                        request.response().setStatusCode(401).end();
                    }
                })
                .listen(arguments.port(), "127.0.0.1");
    }
}
