package io.pingate.proxy.forwarded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.IpAddress;
import io.pingate.http.RequestTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedRequestTest {
    private static final TrustedProxies TRUSTED = TrustedProxies.of("10.0.0.0/8");
    private static final String NGINX = "X-Original-URI";
    private static final String CADDY = "X-Forwarded-Uri";

    private static AskedRequest asked(@Nullable String targetField, String... fields) {
        return askedBy("10.0.0.1", targetField, fields);
    }

    private static AskedRequest askedBy(String peer, @Nullable String targetField, String... fields) {
        return AskedRequest.of(IpAddress.parse(peer).orElseThrow(), HeaderFields.of(fields), TRUSTED, targetField);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Uri, /a?b, /a?b, true",
        "X-Original-URI, /a%2Fb, /a%2Fb, false",
        "X-Original-URL, https://notes.test/a?b, /a?b, false",
        "X-Original-URL, HTTP://notes.test, /, false",
        "x-forwarded-uri, /a, /a, true"
    })
    void target_is_read_whoever_tells_it(String field, String value, String target, boolean follows) {
        assertEquals(new AskedRequest("GET", RequestTarget.of(target), false, follows), asked(null, field, value));
    }

    @Test
    void target_is_certain_when_the_named_field_tells_it() {
        assertTrue(asked(NGINX, NGINX, "/a").certain());
        assertTrue(asked(NGINX, NGINX, "/a", CADDY, "/a").certain());
        assertFalse(asked(NGINX, CADDY, "/a").certain());
        assertFalse(asked(NGINX).certain());
    }

    @Test
    void nothing_counts_when_a_stranger_says_it() {
        AskedRequest nothing = new AskedRequest("GET", RequestTarget.of("/"), false, false);
        assertEquals(nothing, askedBy("192.0.2.1", NGINX, NGINX, "/hook", "X-Original-Method", "PUT", CADDY, "/hook"));
        assertEquals(nothing, asked(NGINX));
    }

    @Test
    void contradiction_is_refused() {
        InvalidValueException twice =
                assertThrows(InvalidValueException.class, () -> asked(NGINX, NGINX, "/a", CADDY, "/hook"));
        assertTrue(twice.getMessage().contains("X-Original-URI"), twice.getMessage());
        assertThrows(InvalidValueException.class, () -> asked(NGINX, NGINX, "/a", NGINX, "/hook"));
        assertThrows(
                InvalidValueException.class,
                () -> asked(NGINX, "X-Forwarded-Method", "GET", "X-Original-Method", "PUT"));
    }

    @Test
    void target_that_is_none_is_refused() {
        assertThrows(InvalidValueException.class, () -> asked(NGINX, NGINX, ""));
        assertThrows(InvalidValueException.class, () -> asked(NGINX, NGINX, "hook"));
        assertThrows(InvalidValueException.class, () -> asked(NGINX, NGINX, "/a#b"));
    }

    /** A preflight may pass without a cookie, so nobody but the proxy may make one of a request. */
    @Test
    void options_is_believed_where_it_comes_with_the_target() {
        assertEquals(
                "OPTIONS",
                asked(CADDY, CADDY, "/a", "X-Forwarded-Method", "OPTIONS").method());
        assertEquals(
                "GET",
                asked(NGINX, NGINX, "/a", "X-Forwarded-Method", "OPTIONS").method());
        assertEquals(
                "GET", asked(NGINX, NGINX, "/a", "X-Original-Method", "options").method());
        assertEquals(
                "GET", asked(null, CADDY, "/a", "X-Forwarded-Method", "OPTIONS").method());
        assertEquals(
                "PUT", asked(NGINX, NGINX, "/a", "X-Original-Method", "PUT").method());
    }
}
