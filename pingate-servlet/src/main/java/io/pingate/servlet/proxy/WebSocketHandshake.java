package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.Admission;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
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
    record Refusal(int status, String reason, HeaderFields fields) {
        private Refusal(String reason) {
            this(400, reason, HeaderFields.NONE);
        }
    }

    /**
     * Tells handshakes from ordinary requests.
     *
     * <p>Clients offer other protocols with ordinary requests (the JDK's HttpClient h2c, Apache's TLS), and a server may
     * ignore an offer (RFC 9110 section 7.8): those stay ordinary requests and lose the offer as hop-by-hop. An h2c offer
     * without its settings comes from no such client and is judged, hence refused.
     *
     * @param clientRequest the client's fields
     * @return true when it is to be judged by {@link #refusal}
     */
    static boolean isUpgrade(HeaderFields clientRequest) {
        if (clientRequest.first(KEY) != null || clientRequest.first(VERSION) != null) {
            return true;
        }
        // Nearly every request ends here, so nothing is taken apart before.
        if (clientRequest.first("Upgrade") == null) {
            return false;
        }
        List<String> offers = tokens(clientRequest, "Upgrade");
        return offers.contains("websocket")
                || (offers.contains("h2c") && clientRequest.first("HTTP2-Settings") == null);
    }

    /**
     * Judges a handshake.
     *
     * @param admission a request for whose fields {@link #isUpgrade} said true
     * @param extended whether it came over HTTP/2 and is shown as a GET of HTTP/1.1 (RFC 8441)
     * @return why it can't go on, empty when it can
     */
    static Optional<Refusal> refusal(Admission admission, boolean extended) {
        HeaderFields fields = admission.headers();
        if ((!extended && !admission.protocol().equals("HTTP/1.1"))
                || !admission.method().equals("GET")) {
            return Optional.of(
                    new Refusal("A WebSocket handshake is a GET of HTTP/1.1 or an extended CONNECT of HTTP/2"));
        }
        if (!values(fields, "Upgrade").stream()
                        .map(WebSocketHandshake::token)
                        .toList()
                        .equals(List.of("websocket"))
                || !tokens(fields, "Connection").contains("upgrade")) {
            return Optional.of(new Refusal("The only upgrade is Upgrade: websocket, with Connection: Upgrade"));
        }
        if (hasBody(fields)) {
            return Optional.of(new Refusal("A WebSocket handshake has no body"));
        }
        List<String> keys = values(fields, KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return Optional.of(new Refusal("Sec-WebSocket-Key must be there once, with 16 bytes in Base64"));
        }
        if (!values(fields, VERSION).equals(List.of("13"))) {
            // RFC 6455 section 4.4, RFC 9110 section 15.5.22
            return Optional.of(new Refusal(
                    426,
                    "The only WebSocket version is 13",
                    HeaderFields.of(VERSION, "13", "Upgrade", "websocket", "Connection", "Upgrade")));
        }
        return Optional.empty();
    }

    private static boolean hasBody(HeaderFields fields) {
        return fields.first("Transfer-Encoding") != null
                || values(fields, "Content-Length").stream().anyMatch(length -> !length.equals("0"));
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> values(HeaderFields fields, String name) {
        return fields.all(name).stream().map(String::strip).toList();
    }

    private static List<String> tokens(HeaderFields fields, String name) {
        return values(fields, name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(WebSocketHandshake::token)
                .toList();
    }

    private static String token(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }
}
