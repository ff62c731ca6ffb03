package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.proxy.Route;
import io.pingate.proxy.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Transport;
import org.jspecify.annotations.Nullable;

/** Turns client requests into upstream requests. */
final class UpstreamRequests {
    private static final HttpField NO_CONTENT = new HttpField(HttpHeader.CONTENT_LENGTH, "0");

    private final HttpClient client;
    private final long timeoutMillis;
    private final Map<Route, URI> origins = new ConcurrentHashMap<>();

    /**
     * Makes requests of one client.
     *
     * @param timeout how long the upstream may be silent before its response head
     */
    UpstreamRequests(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeoutMillis = timeout.toMillis();
    }

    /** An upstream request, not sent yet. Each attempt takes a new one. */
    Request create(Call call, HeaderFields clientHeaders, @Nullable ClientBody body) {
        Upstream upstream = call.route().upstream();
        Request request = new UpstreamRequest(
                client,
                origins.computeIfAbsent(call.route(), UpstreamRequests::originOf),
                call.method(),
                call.upstreamTarget());
        if (upstream.unixPath() != null) {
            request.transport(new Transport.TCPUnix(Path.of(upstream.unixPath())));
        }
        request.idleTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
        request.headers(fields -> {
            fields.clear();
            call.route()
                    .headers()
                    .request(
                            clientHeaders,
                            call.admission().forwarding(),
                            call.admission().signedIn(),
                            (name, value) -> fields.add(new HttpField(name, value)));
            // Some servers answer 411 to a POST that doesn't say that it is empty.
            if (body == null && "0".equals(clientHeaders.first("Content-Length"))) {
                fields.add(NO_CONTENT);
            }
        });
        ContinueHandler.proceedInDoubt(request, client.getScheduler());
        return body == null ? request : request.body(body);
    }

    private static URI originOf(Route route) {
        Upstream upstream = route.upstream();
        return URI.create(upstream.scheme() + "://" + upstream.host() + ":" + upstream.port());
    }
}
