package io.pingate.servlet.proxy.upstream;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.AbstractConnectorHttpClientTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;

/**
 * Makes the HTTP client that Jetty's proxy servlet keeps for its life. No request goes through it: its connector, with its
 * buffers, its scheduler and its threads, serves the {@link Upstreams}.
 */
public final class UpstreamClient {
    private UpstreamClient() {}

    /**
     * Configures a client; the caller starts it.
     *
     * @param executor runs connects and what little isn't done by the selector itself
     * @param connectTimeout how long a connection may take, its TLS handshake included
     * @return the client
     */
    public static HttpClient create(Executor executor, Duration connectTimeout) {
        ClientConnector connector = new UpstreamConnector(executor, connectTimeout);
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setName("pingate-upstream");
        // A client gives these to its connector when it starts.
        client.setExecutor(executor);
        client.setScheduler(connector.getScheduler());
        client.setConnectTimeout(connectTimeout.toMillis());
        client.setIdleTimeout(0);
        client.setByteBufferPool(connector.getByteBufferPool());
        return client;
    }

    /** {@return the connector of a client that was made here} */
    public static ClientConnector connector(HttpClient client) {
        return ((AbstractConnectorHttpClientTransport) client.getHttpClientTransport()).getClientConnector();
    }
}
