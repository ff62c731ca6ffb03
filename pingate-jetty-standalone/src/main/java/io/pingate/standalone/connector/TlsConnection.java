package io.pingate.standalone.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Jetty's TLS on a client's connection, which is told what is under the cipher. */
final class TlsConnection extends SslConnection {
    private static final String HINT = "This port speaks https: write https:// in the address.\n";
    private static final byte[] SPEAK_HTTPS =
            ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: " + HINT.length()
                            + "\r\nConnection: close\r\n\r\n" + HINT)
                    .getBytes(StandardCharsets.US_ASCII);

    private boolean begun;

    TlsConnection(
            ByteBufferPool pool, Executor executor, SslContextFactory factory, EndPoint endPoint, SSLEngine engine) {
        super(pool, executor, factory, endPoint, engine, true, false);
    }

    @Override
    protected SslEndPoint newSslEndPoint() {
        return new Decrypted();
    }

    /** Somebody who opens the port as http is told so, in words that a browser shows: the hint a plain close doesn't give. */
    @Override
    protected int networkFill(ByteBuffer input) throws IOException {
        int filled = super.networkFill(input);
        if (filled > 0 && !begun) {
            begun = true;
            byte first = input.get(input.position());
            // A handshake begins with 22 (RFC 8446 section 5.1), and a request with the name of its method.
            if (first >= 'A' && first <= 'Z') {
                getEndPoint().flush(ByteBuffer.wrap(SPEAK_HTTPS));
                getEndPoint().shutdownOutput();
                throw new SSLHandshakeException("http on a port that speaks https");
            }
        }
        return filled;
    }

    /** What HTTP takes for the client's connection. */
    private final class Decrypted extends SslEndPoint {
        private final @Nullable ClientEndPoint client;

        private Decrypted() {
            client = ClientEndPoint.of(TlsConnection.this.getEndPoint());
            if (client != null) {
                client.isBelow(this);
            }
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (client != null) {
                client.heard(buffer, filled);
            }
            return filled;
        }

        /** Behind a last response: where the client reads nothing, TLS's own end may get stuck in front of TCP's. */
        @Override
        public void doShutdownOutput() {
            super.doShutdownOutput();
            if (client != null) {
                client.hasSaidAll();
            }
        }

        /** Where a reset is to tell that bytes were lost, TLS must not say before that all was there (RFC 8446 section 6.1). */
        @Override
        public void doClose() {
            if (client != null && client.resetsOnClose()) {
                client.close();
            }
            super.doClose();
        }
    }
}
