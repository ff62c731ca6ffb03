package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 2: links that sign in. */
abstract class LinkContract extends GateContract {
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final String PAGE = "Accept: text/html";

    LinkContract(Stage stage) {
        super(stage);
    }

    private static String once(Duration lifetime) {
        return Passes.link(id(), lifetime, "once", "/notes?a=b");
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private WireResponse press(String link, String... lines) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("Content-Type: application/x-www-form-urlencoded", "Content-Length: 0"));
        all.addAll(List.of(lines));
        return ask(stranger("POST", "/pin/link/" + link, all.toArray(String[]::new)));
    }

    @Test
    void link_shows_a_button_and_is_not_used_by_being_looked_at() throws Exception {
        String link = once(SHORT);
        for (int i = 0; i < 3; i++) {
            WireResponse page = ask(stranger("GET", "/pin/link/" + link, PAGE));
            assertEquals(200, page.status());
            assertTrue(page.text().contains("<form method=\"post\" action=\"\">"), page::text);
            assertEquals("strict-origin", page.head().first("Referrer-Policy").orElse(""));
            assertEquals("no-store", page.head().first("Cache-Control").orElse(""));
            assertFalse(page.head().has("Set-Cookie"));
        }
        WireResponse in = press(link, "Origin: http://gate.test", "Sec-Fetch-Site: same-origin");
        assertEquals(303, in.status(), in::text);
        assertEquals("/notes?a=b", in.head().first("Location").orElse(""));
        assertEquals(200, new Visitor(stage).status(Visitor.cookie(in)));
        upstream.forget();
        assertIsRefused(410, "used before", press(link, PAGE));
        assertTrue(upstream.heardNothing());
    }

    private static void assertIsRefused(int status, String reason, WireResponse answer) {
        assertEquals(status, answer.status(), answer::text);
        assertFalse(answer.head().has("Set-Cookie"), answer.head()::text);
        assertTrue(answer.text().contains(reason), answer::text);
    }

    @Test
    void one_of_many_is_signed_in_when_they_press_at_the_same_time() throws Exception {
        String link = once(SHORT);
        ExecutorService many = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Integer>> presses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                presses.add(() -> press(link).status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : many.invokeAll(presses)) {
                statuses.add(answer.get());
            }
            assertEquals(1, statuses.stream().filter(status -> status == 303).count(), statuses::toString);
            assertEquals(49, statuses.stream().filter(status -> status == 410).count(), statuses::toString);
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void guests_come_in_until_the_link_ends_and_their_sessions_with_it() throws Exception {
        String link = Passes.link(id(), Duration.ofHours(2), "guest", "/");
        for (int i = 0; i < 3; i++) {
            WireHead in = press(link, "X-Forwarded-Proto: https").head();
            assertEquals(303, in.status());
            String cookie = in.first("Set-Cookie").orElseThrow();
            assertTrue(cookie.matches("pingate=\\d+g\\.[0-9a-f]{64}; Path=/; Max-Age=7[12]\\d\\d; .*Secure"), cookie);
            WireHead page = ask(stranger("GET", "/", "Cookie: " + cookie.split(";", 2)[0]))
                    .head();
            assertEquals(200, page.status());
            // The stage renews sessions.
            assertFalse(page.has("Set-Cookie"), page::text);
        }
        String ended = Cookies.signed(Instant.now().minusSeconds(1).getEpochSecond() + "g");
        assertEquals(401, ask(stranger("GET", "/a", "Cookie: pingate=" + ended)).status());
    }

    static Stream<String> forged() {
        String good = once(SHORT);
        return Stream.of(
                good.substring(0, good.length() - 1),
                good + good,
                Passes.good(),
                Passes.signed("pgl1.", "pingate-token", "0123456789abcDE-\n4000000000\nonce\n/"),
                Cookies.lasting(SHORT),
                "pgl1." + "A".repeat(6000));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void what_is_no_link_of_this_gate_signs_nobody_in(String link) throws Exception {
        String address = "X-Forwarded-For: 203.0.113." + (100 + Math.floorMod(link.length(), 100));
        WireResponse answer = press(link, PAGE, address);
        assertIsRefused(403, "This link is none of this gate", answer);
        assertTrue(answer.text().contains("name=\"pin\""), answer::text);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void link_is_over_when_it_has_expired_and_that_is_no_try() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertIsRefused(410, "expired", press(once(Duration.ofSeconds(-1))));
        }
        assertIsRefused(410, "expired", ask(stranger("GET", "/pin/link/" + once(Duration.ofSeconds(-1)), PAGE)));
    }

    @Test
    void link_signs_in_when_all_tries_are_used_up() throws Exception {
        String address = "X-Forwarded-For: 203.0.113.42";
        for (int i = 0; i < 6; i++) {
            new Visitor(stage).tryPin("wrong", address);
        }
        assertEquals(429, new Visitor(stage).tryPin(Stage.PIN, address).status());
        assertEquals(303, press(once(SHORT), address).status());
    }

    @Test
    void button_of_another_site_is_refused_and_uses_nothing() throws Exception {
        String link = once(SHORT);
        assertEquals(403, press(link, "Origin: https://evil.test").status());
        assertEquals(403, press(link, "Sec-Fetch-Site: cross-site").status());
        assertEquals(303, press(link).status());
    }

    @Test
    void link_is_no_token_and_no_cookie() throws Exception {
        String link = once(SHORT);
        String address = "X-Forwarded-For: 203.0.113.43";
        assertEquals(
                401,
                ask(stranger("GET", "/a", "X-Pingate-Token: " + link, address)).status());
        assertEquals(401, ask(stranger("GET", "/a", "Cookie: pingate=" + link)).status());
        assertTrue(upstream.heardNothing());
        assertEquals(303, press(link).status());
    }

    /** As on a read-only or a full disk. */
    @Test
    void nobody_gets_in_when_it_cannot_be_kept_that_a_link_was_used() throws Exception {
        Path used = stage.gate().state().resolve("used-links");
        Path aside = stage.gate().state().resolve("aside");
        boolean there = Files.exists(used);
        if (there) {
            Files.move(used, aside);
        }
        Files.writeString(used, "in the way");
        String link = once(SHORT);
        try {
            assertIsRefused(503, "can't be used now", press(link));
            assertTrue(stage.gate()
                    .log()
                    .contains("a sign-in link was refused: that it was used can't be kept in "
                            + stage.gate().state()));
        } finally {
            Files.delete(used);
            if (there) {
                Files.move(aside, used);
            }
        }
        assertEquals(303, press(link).status());
    }
}
