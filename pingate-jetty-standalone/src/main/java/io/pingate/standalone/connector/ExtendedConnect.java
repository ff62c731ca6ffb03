package io.pingate.standalone.connector;

import io.pingate.servlet.proxy.client.ClientExchange;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.TunnelSupport;

/**
 * Shows a WebSocket's handshake over HTTP/2 (RFC 8441), which is a CONNECT with a {@code :protocol}, as what it is for
 * everybody behind this connector, the policy and the upstream included: a GET with {@code Upgrade: websocket}. Its
 * {@code Sec-WebSocket-Key}, which HTTP/2 has no need of, is the gate's own.
 */
final class ExtendedConnect implements HttpConfiguration.Customizer {
    private static final String WEBSOCKET = "websocket";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        TunnelSupport tunnel = request.getTunnelSupport();
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2
                || tunnel == null
                || !WEBSOCKET.equalsIgnoreCase(tunnel.getProtocol())) {
            return request;
        }
        request.setAttribute(ClientExchange.HTTP2_WEBSOCKET, true);
        return new Handshake(request);
    }

    private static final class Handshake extends Request.Wrapper {
        private final HttpFields fields;

        private Handshake(Request request) {
            super(request);
            this.fields = HttpFields.build(request.getHeaders())
                    .put("Connection", "Upgrade")
                    .put("Upgrade", WEBSOCKET)
                    .put("Sec-WebSocket-Key", key());
        }

        @Override
        public String getMethod() {
            return HttpMethod.GET.asString();
        }

        @Override
        public HttpFields getHeaders() {
            return fields;
        }

        private static String key() {
            byte[] key = new byte[KEY_BYTES];
            RANDOM.nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        }
    }
}
