package io.pingate.standalone.connector;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** HTTP/2: without TLS from a client that knows of it beforehand, with TLS from one that chooses it in the handshake. */
final class Http2 extends HTTP2CServerConnectionFactory {
    static final String WITHOUT_TLS = "h2c";
    static final String OVER_TLS = "h2";

    /** RFC 9113 section 3.4. */
    private static final int PREFACE_BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length();

    private final boolean overTls;

    Http2(HttpConfiguration http, ConnectionLimits limits, String protocol) {
        super(http, protocol);
        overTls = protocol.equals(OVER_TLS);
        setStreamIdleTimeout(limits.stall().toMillis());
        setRateControlFactory(new UselessFramesLimited());
    }

    /** One for each connection. */
    private static final class UselessFramesLimited implements RateControl.Factory {
        @Override
        public RateControl newRateControl(EndPoint endPoint) {
            return new UselessFrames();
        }
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        ClientEndPoint client = ClientEndPoint.of(endPoint);
        if (overTls && client != null) {
            client.follow(new FrameHeads(client.activity(), PREFACE_BYTES));
        }
        return super.newConnection(connector, endPoint);
    }

    /** RFC 9113 section 3.1: {@code Upgrade: h2c} is obsolete; such a request goes on as HTTP/1.1. */
    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response101) {
        // The connection preface reads as a request with the method PRI (RFC 9113 section 3.4).
        return !overTls && HttpMethod.PRI.is(request.getMethod())
                ? super.upgradeConnection(connector, endPoint, request, response101)
                : null;
    }

    /** RFC 9113 section 9.2.2. */
    @Override
    public boolean isAcceptable(String protocol, String tlsProtocol, String tlsCipher) {
        return overTls && !(HTTP2Cipher.isBlackListProtocol(tlsProtocol) && HTTP2Cipher.isBlackListCipher(tlsCipher));
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
        return new ClosesToldOf(endPoint);
    }

    /**
     * Tells whoever reads from a stream or writes to it that it is closed. Jetty does so by itself when the client resets
     * it, but not when it resets a stream whose DATA does not add up to its content-length (RFC 9113 section 8.1.1), nor
     * when it has met the connection's end in writing an interim response.
     */
    private final class ClosesToldOf extends HTTPServerSessionListener {
        private final EndPoint endPoint;

        private ClosesToldOf(EndPoint endPoint) {
            super(endPoint);
            this.endPoint = endPoint;
        }

        @Override
        public void onClosed(Stream stream) {
            super.onClosed(stream);
            if (stream.isReset() || endPoint.isInputShutdown() || !endPoint.isOpen()) {
                onFailure(
                        stream,
                        ErrorCode.PROTOCOL_ERROR.code,
                        "closed",
                        new EofException("the stream was closed"),
                        Callback.NOOP);
            }
        }
    }
}
