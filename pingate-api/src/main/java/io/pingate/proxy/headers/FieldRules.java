package io.pingate.proxy.headers;

import io.pingate.http.InvalidValueException;
import io.pingate.http.syntax.HttpToken;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fields that are the proxy's own business, and what a configured field may be called and say. */
final class FieldRules {
    /** For one connection only (RFC 9110 section 7.6.1); the last one is h2c's (RFC 7540 section 3.2.1). */
    static final List<String> HOP_BY_HOP = List.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "HTTP2-Settings");

    /** What the gate says itself about the way that a request came; {@code *} stands for any ending. */
    static final List<String> SET_BY_GATE = List.of("Host", "Forwarded", "X-Forwarded-*");

    private FieldRules() {}

    static void check(String name) {
        // No *, which nobody's field has: in lists of names it stands for any ending.
        if (!HttpToken.is(name) || name.indexOf('*') >= 0) {
            throw new InvalidValueException(
                    "name", "must be letters, digits and '-' (RFC 9110 section 5.6.2), as in X-User");
        }
        refuse(name, HOP_BY_HOP, "concerns one connection only and never passes a proxy");
        refuse(name, SET_BY_GATE, "is set by the gate");
        refuse(name, List.of("X-Real-IP"), "says who the client is");
        refuse(name, List.of("Content-*", "Expect"), "belongs to the client's message");
        refuse(name, List.of("Cookie"), "holds the client's cookies");
        refuse(name, List.of("Sec-WebSocket-*"), "belongs to the WebSocket handshake");
    }

    /** {@return the value's UTF-8 bytes, one char for each, as header fields are carried} */
    static String latin1(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("value", "must have no control character or line break");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new InvalidValueException("value", "must be text that UTF-8 can express");
        }
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void refuse(String name, List<String> refused, String reason) {
        if (HeaderActions.passing().with(HeaderActions.Action.DROP, refused).of(name) == HeaderActions.Action.DROP) {
            throw new InvalidValueException("name", "must be another one; " + name + " " + reason);
        }
    }
}
