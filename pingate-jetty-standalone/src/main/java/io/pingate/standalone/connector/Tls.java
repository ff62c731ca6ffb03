package io.pingate.standalone.connector;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS 1.2 and 1.3, and in the handshake the choice between HTTP/2 and HTTP/1.1 (RFC 7301). */
final class Tls extends SslConnectionFactory {
    /** By the name that the handshake has for it (RFC 7301 section 6). */
    private static final String HTTP1 = "http/1.1";

    private Tls(CurrentCertificate certificate, String next) {
        super(context(certificate), next);
        // Which host is asked for is the gate's business, and the scheme is known.
        setEnsureSecureRequestCustomizer(false);
        setDirectBuffersForEncryption(true);
    }

    /** {@return what begins a connection, in front of HTTP/1.1 and {@link Http2#OVER_TLS}} */
    static ConnectionFactory[] factories(CurrentCertificate certificate) {
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory(Http2.OVER_TLS, HTTP1);
        // For clients that choose nothing.
        choice.setDefaultProtocol(HTTP1);
        return new ConnectionFactory[] {new Tls(certificate, choice.getProtocol()), choice};
    }

    private static SslContextFactory.Server context(CurrentCertificate certificate) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {certificate}, null, null);
            factory.setSslContext(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up", e);
        }
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setCipherComparator(HTTP2Cipher.COMPARATOR);
        factory.setRenegotiationAllowed(false);
        return factory;
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new TlsConnection(
                connector.getByteBufferPool(), connector.getExecutor(), getSslContextFactory(), endPoint, engine);
    }
}
