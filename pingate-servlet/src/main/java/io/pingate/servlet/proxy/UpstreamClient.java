package io.pingate.servlet.proxy;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Invocable;

/** Makes the HTTP client that speaks to the upstreams: one that adds nothing and changes nothing. */
final class UpstreamClient {
    /** What CONTRACT promises each way is 32 KiB; the gate's own fields come on top. */
    private static final int MAX_HEAD_BYTES = 40 * 1024;

    private static final int BODY_BUFFER_BYTES = 32 * 1024;
    /** The largest buffer that is kept for the next one who needs it; larger ones are for the collector. */
    static final int MAX_POOLED_BYTES = 128 * 1024;

    private static final int POOL_STEP_BYTES = 4 * 1024;
    /** Streams and sockets each hold a connection, so the only bound is the machine's. */
    private static final int MAX_CONNECTIONS = 65_536;
    /** Shorter than what common servers keep an idle connection open, so that we rarely meet one that just closed. */
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

    private UpstreamClient() {}

    /**
     * Configures a client; the caller starts it.
     *
     * @param executor runs connects and what little isn't done by the selector itself
     */
    static HttpClient create(Executor executor, Duration connectTimeout) {
        ClientConnector connector = new ClientConnector();
        connector.setExecutor(executor);
        connector.setSelectors(1);
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        // Our listeners never block, so a response needs no hop to another thread.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        // Else a value that Jetty has seen before on this connection, maybe another user's, comes out in its place.
        transport.setHeaderCacheCaseSensitive(true);
        transport.setHeaderCacheSize(0);
        HttpClient client = new HttpClient(transport);
        client.setName("pingate-upstream");
        client.setExecutor(executor);
        client.setScheduler(new UpstreamScheduler());
        client.setConnectTimeout(connectTimeout.toMillis());
        client.setIdleTimeout(IDLE_CONNECTION.toMillis());
        client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(MAX_CONNECTIONS);
        client.setByteBufferPool(new ArrayByteBufferPool(0, POOL_STEP_BYTES, MAX_POOLED_BYTES));
        client.setResponseBufferSize(BODY_BUFFER_BYTES);
        client.setMaxRequestHeadersSize(MAX_HEAD_BYTES);
        client.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
        passThrough(client);
        return client;
    }

    private static void passThrough(HttpClient client) {
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
    }

    /** Starts the client and leaves it only those protocol handlers that a proxy wants. */
    static void start(HttpClient client) throws Exception {
        client.start();
        client.getContentDecoderFactories().clear();
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.clear();
        handlers.put(new ContinueHandler());
        handlers.put(new InterimHandler());
        handlers.put(new SwitchingProtocolsHandler());
    }

    /** Gives a request up; its connection is closed, since an answer may still be on the way. */
    static void abort(Request request, Throwable cause) {
        // Tells whether there was something left to abort, which makes no difference to us.
        var unused = request.abort(cause);
    }

    /** The connection that a response is read from. */
    static EndPoint endPointOf(Response response) {
        Object endPoint =
                ((HttpRequest) response.getRequest()).getConversation().getAttribute(EndPoint.class.getName());
        return (EndPoint) endPoint;
    }

    /** Whether a request went over a connection that was there before that time, in milliseconds of the epoch. */
    static boolean connectedBefore(long time, Request request) {
        return request.getConnection() instanceof Connection connection && connection.getCreatedTimeStamp() < time;
    }
}
