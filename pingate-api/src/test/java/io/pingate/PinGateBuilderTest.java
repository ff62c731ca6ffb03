package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinGateBuilderTest {
    private static PinGateBuilder complete() {
        return PinGate.builder()
                .pin(Pin.of("hush"))
                .keys(KeyRing.of(SigningKey.of("hush-hush")))
                .limiter(new RecordingLimiter(0));
    }

    private static String fault(UnaryOperator<PinGateBuilder> change) {
        PinGateBuilder changed = change.apply(complete());
        String message =
                assertThrows(IllegalArgumentException.class, changed::build).getMessage();
        assertFalse(message.contains("hush"), message);
        return message;
    }

    @Test
    void has_the_defaults_of_the_original() {
        PinGate gate = complete().build();

        assertEquals("pingate", gate.cookie().name());
        assertEquals(Duration.ofDays(30), gate.sessionLifetime());
        assertEquals(new PinGatePaths("/pin", "/pin/check", "/pin/logout", "/pin/health"), gate.paths());
    }

    @Test
    void setters_return_the_builder() {
        PinGateBuilder builder = complete();

        assertSame(builder, builder.preflights(true));
        assertSame(builder, builder.neverPublic(target -> true));
        assertSame(builder, builder.pinCheck(Pin::matches));
    }

    @Test
    void refuses_to_do_without_pin_keys_or_limiter() {
        Pin pin = Pin.of("hush");
        KeyRing keys = KeyRing.of(SigningKey.of("hush-hush"));
        AttemptLimiter limiter = new RecordingLimiter(0);

        assertMissing("pin", PinGate.builder().keys(keys).limiter(limiter));
        assertMissing("keys", PinGate.builder().pin(pin).limiter(limiter));
        assertMissing("limiter", PinGate.builder().pin(pin).keys(keys));
    }

    private static void assertMissing(String name, PinGateBuilder builder) {
        assertEquals(
                name + ": must be set",
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void refuses_a_cookie_name_that_is_no_token() {
        assertTrue(fault(b -> b.cookieName("a b")).startsWith("cookie name: must be"));
    }

    @Test
    void refuses_a_lifetime_of_nothing() {
        assertTrue(fault(b -> b.sessionLifetime(Duration.ZERO)).startsWith("session lifetime: must be"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "pin", "/pin/", "//pin", "/pin//x", "/pin?", "/pin#", "/p%69n", "/pin;x", "/.", "/pin/..",
                "/.pin", "/p n", "/pin/*", "/p\"n", "/pîn", "/p&n"
            })
    void refuses_a_gate_path_that_is_not_plain(String path) {
        assertTrue(fault(b -> b.gatePath(path)).startsWith("gate path: must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pin", "/_gate/sign-in", "/a.b~c/9"})
    void takes_a_plain_gate_path(String path) {
        assertEquals(path, complete().gatePath(path).build().paths().form());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "/*", "a", "/a*", "/a/*/b", "/*/a", "/a/**", "/a?b", "/a/../b", "/a//b", "/a%20b", "/a;b",
                "/a b", "/é", "//*"
            })
    void refuses_a_public_path_that_is_not_plain(String path) {
        assertTrue(fault(b -> b.publicPaths(List.of("/ok", path))).startsWith("public paths: '" + path + "' "));
    }

    @Test
    void keeps_the_public_paths_that_it_was_given() {
        List<String> paths = new ArrayList<>(List.of("/a"));
        PinGateBuilder builder = complete().publicPaths(paths);
        paths.add("not a path");

        builder.build();
    }
}
