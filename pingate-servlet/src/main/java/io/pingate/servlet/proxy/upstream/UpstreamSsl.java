package io.pingate.servlet.proxy.upstream;

import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory.SslEngineFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** By what an https upstream is known for the right one, where that isn't what Java takes by itself. */
public final class UpstreamSsl extends SslContextFactory.Client implements SslEngineFactory {
    private final @Nullable String name;

    /**
     * Makes engines of a context.
     *
     * @param context whose authorities count
     * @param name what the certificate must name, and the name that is asked for (RFC 6066, section 3); null for the host
     *     of the upstream's address
     * @param checked false when any name will do
     */
    public UpstreamSsl(SSLContext context, @Nullable String name, boolean checked) {
        super(false);
        setSslContext(context);
        setEndpointIdentificationAlgorithm(checked ? "HTTPS" : null);
        this.name = name;
    }

    @Override
    public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
        return newSSLEngine(name == null ? host : name, port);
    }
}
