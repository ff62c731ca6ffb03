package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.client.ClientExchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A client's opening handshake, judged before the upstream hears of it (RFC 6455 section 4.2.1). */
final class WebSocketHandshake {
    /** The fields by which both sides change the protocol (RFC 6455 sections 4.1 and 4.2.2). */
    static final HeaderFields UPGRADE = HeaderFields.of("Connection", "Upgrade", "Upgrade", "websocket");

    private static final String KEY = "Sec-WebSocket-Key";
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /** Why a handshake is refused: an error status, what to tell the client, and the fields that go with the status. */
    record Refusal(int status, String reason, Map<String, String> fields) {
        private Refusal(String reason) {
            this(400, reason, Map.of());
        }
    }

    /**
     * Tells handshakes from ordinary requests.
     *
     * <p>Clients offer other protocols with ordinary requests (the JDK's HttpClient h2c, Apache's TLS), and a server may
     * ignore an offer (RFC 9110 section 7.8): those stay ordinary requests and lose the offer as hop-by-hop. An h2c offer
     * without its settings comes from no such client and is judged, hence refused.
     *
     * @param request the client's request
     * @return true when it is to be judged by {@link #refusal}
     */
    static boolean isUpgrade(HttpServletRequest request) {
        if (request.getHeader(KEY) != null || request.getHeader(VERSION) != null) {
            return true;
        }
        // Nearly every request ends here, so nothing is taken apart before.
        if (request.getHeader("Upgrade") == null) {
            return false;
        }
        List<String> offers = tokens(request, "Upgrade");
        return offers.contains("websocket") || (offers.contains("h2c") && request.getHeader("HTTP2-Settings") == null);
    }

    /**
     * Judges a handshake.
     *
     * @param request one for which {@link #isUpgrade} said true
     * @return why it can't go on, empty when it can
     */
    static Optional<Refusal> refusal(HttpServletRequest request) {
        boolean http2 = request.getAttribute(ClientExchange.HTTP2_WEBSOCKET) != null;
        if ((!http2 && !request.getProtocol().equals("HTTP/1.1"))
                || !request.getMethod().equals("GET")) {
            return Optional.of(
                    new Refusal("A WebSocket handshake is a GET of HTTP/1.1 or an extended CONNECT of HTTP/2"));
        }
        if (!values(request, "Upgrade").stream()
                        .map(WebSocketHandshake::token)
                        .toList()
                        .equals(List.of("websocket"))
                || !tokens(request, "Connection").contains("upgrade")) {
            return Optional.of(new Refusal("The only upgrade is Upgrade: websocket, with Connection: Upgrade"));
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(new Refusal("A WebSocket handshake has no body"));
        }
        List<String> keys = values(request, KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return Optional.of(new Refusal("Sec-WebSocket-Key must be there once, with 16 bytes in Base64"));
        }
        if (!values(request, VERSION).equals(List.of("13"))) {
            // RFC 6455 section 4.4, RFC 9110 section 15.5.22
            return Optional.of(new Refusal(
                    426,
                    "The only WebSocket version is 13",
                    Map.of(VERSION, "13", "Upgrade", "websocket", "Connection", "Upgrade")));
        }
        return Optional.empty();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .map(String::strip)
                .toList();
    }

    private static List<String> tokens(HttpServletRequest request, String name) {
        return values(request, name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(WebSocketHandshake::token)
                .toList();
    }

    private static String token(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
