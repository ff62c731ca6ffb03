package io.pingate.servlet.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Tells the 101 of a WebSocket from any other (RFC 6455 section 4.1). The client would notice a wrong one too, but until
 * then its bytes would reach an upstream that still takes them for HTTP.
 */
final class WebSocketAnswer {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketAnswer() {}

    /** Whether the fields of a 101 accept the handshake that was made with a key. */
    static boolean accepts(@Nullable String key, HttpFields response) {
        return key != null
                && tokens(response, HttpHeader.UPGRADE).equals(List.of("websocket"))
                && tokens(response, HttpHeader.CONNECTION).contains("upgrade")
                && response.getValuesList("Sec-WebSocket-Accept").equals(List.of(accept(key.strip())));
    }

    private static List<String> tokens(HttpFields fields, HttpHeader header) {
        return fields.getCSV(header, false).stream()
                .map(token -> token.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** RFC 6455 section 4.2.2; its SHA-1 guards nothing but the protocol itself. */
    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
