package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit log of real gates. */
@Timeout(600)
class AuditLogIT {
    static Stream<Arguments> gates() {
        return Stream.of(
                Arguments.of("audit-standalone", (Stage.Recipe) StandaloneGate::new),
                Arguments.of("audit-tomcat11", TomcatGate.tomcat11()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void who_comes_in_and_who_does_not_is_told_by_default(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.open(name, recipe, Map.of())) {
            Visitor visitor = new Visitor(stage);
            for (int i = 0; i < 6; i++) {
                visitor.tryPin("975310", "User-Agent: a\" event=sign-in [31m", "X-Forwarded-For: 2001:db8::7");
            }
            String cookie = visitor.signIn("User-Agent: owner/1");

            GateProcess gate = stage.gate();
            assertTrue(told(gate, "event=sign-in outcome=granted client=127.0.0.1 .*user_agent=owner/1"), gate.log());
            assertEquals(5, count(gate.log(), "time=\\S+Z event=wrong-pin outcome=denied client=2001:db8::7 .*"));
            assertEquals(1, count(gate.log(), "event=throttled outcome=denied client=2001:db8::7 .*"));
            assertFalse(gate.log().contains("975310"), "a PIN");
            assertFalse(gate.log().contains(cookie.split("=", 2)[1]), "a cookie");
        }
    }

    /** Each with one line, and the client that a proxy tells of. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void links_tokens_sign_outs_and_refusals_have_one_line_each(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.openFurnished(name + "-ways", recipe)) {
            String link = Passes.link("0123456789abcDE-", Duration.ofHours(1), "once", "/notes");
            String token = Passes.good();
            String other = "pgt1.AAAA." + "B".repeat(43);
            String cookie = "Cookie: " + stage.cookie();
            List<WireResponse> answers = List.of(
                    ask(stage, "192.0.2.1", "GET", "/pin/link/" + link, "Accept: text/html"),
                    ask(stage, "192.0.2.1", "POST", "/pin/link/" + link, "User-Agent: link/1"),
                    ask(stage, "192.0.2.2", "POST", "/pin/link/" + link),
                    ask(stage, "192.0.2.3", "GET", "/a", "Authorization: Bearer " + token, "User-Agent: tool/1"),
                    ask(stage, "192.0.2.3", "GET", "/b", "Authorization: Bearer " + token),
                    ask(stage, "192.0.2.4", "GET", "/a", "Authorization: Bearer " + other),
                    ask(stage, "192.0.2.5", "POST", "/pin/logout", cookie, "Origin: http://gate.test"),
                    ask(stage, "192.0.2.6", "POST", "/pin", "Origin: https://evil.test"),
                    ask(stage, "192.0.2.7", "GET", "/api/llm/v1/models", cookie, "Origin: https://evil.test"),
                    ask(stage, "192.0.2.8", "GET", "/api/llm/key/generate", cookie),
                    ask(stage, "192.0.2.9", "GET", "/socket", handshake(cookie, "https://evil.test")),
                    ask(stage, "192.0.2.10", "GET", "/a", cookie));
            assertEquals(
                    List.of(200, 303, 410, 200, 200, 401, 303, 403, 403, 403, 403, 200),
                    answers.stream().map(WireResponse::status).toList());
            assertEquals(0, Finished.signOutAll(stage.gate().state()).exitCode());

            GateProcess gate = stage.gate();
            assertTrue(told(gate, "event=sign-out-all outcome=done"), gate.log());
            List<String> wanted = List.of(
                    "event=link outcome=granted client=192.0.2.1 method=POST user_agent=link/1",
                    "event=link-refused outcome=denied client=192.0.2.2 reason=\"This link was used before.*\" method=POST",
                    "event=token outcome=granted client=192.0.2.3 token=0123456789abcDE- method=GET path=/a"
                            + " user_agent=tool/1",
                    "event=token-refused outcome=denied client=192.0.2.4 reason=\"This token is none of this gate's.\""
                            + " method=GET path=/a",
                    "event=sign-out outcome=done client=192.0.2.5 method=POST path=/pin/logout",
                    "event=refused outcome=denied client=192.0.2.6 reason=.* method=POST path=/pin",
                    "event=refused outcome=denied client=192.0.2.7 reason=.*Origin.* method=GET path=/api/llm/v1/models",
                    "event=refused outcome=denied client=192.0.2.8 reason=.*LITELLM_ALLOWED_PATHS.* method=GET"
                            + " path=/api/llm/key/generate",
                    "event=refused outcome=denied client=192.0.2.9 reason=.*Origin.* method=GET path=/socket",
                    "event=sign-out-all outcome=done");
            for (String line : wanted) {
                assertEquals(1, count(gate.log(), "time=\\S+Z " + line), () -> line + " in\n" + logged(gate));
            }
            assertEquals(wanted.size(), count(gate.log(), "time=\\S+Z event=.*"), () -> logged(gate));
            for (String secret : List.of(
                    link.substring(5), token.substring(5), stage.cookie().split("=", 2)[1])) {
                assertFalse(
                        gate.log().lines().anyMatch(line -> line.contains("event=") && line.contains(secret)), secret);
            }
        }
    }

    private static String[] handshake(String cookie, String origin) {
        return new String[] {
            cookie,
            "Origin: " + origin,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
        };
    }

    private static WireResponse ask(Stage stage, String client, String method, String target, String... lines)
            throws IOException {
        Stream<String> always = Stream.of("X-Forwarded-For: " + client, "Content-Length: 0");
        try (RawClient raw = stage.client()) {
            return raw.send(GateContract.stranger(
                            method,
                            target,
                            Stream.concat(Stream.of(lines), always).toArray(String[]::new)))
                    .response();
        }
    }

    private static String logged(GateProcess gate) {
        try {
            return gate.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void file_is_its_owners_and_begun_anew_when_it_was_moved_away() throws Exception {
        Stage.Recipe toFile = (home, settings) -> {
            settings.put("PINGATE_AUDIT_LOG", home.resolve("audit.log").toString());
            settings.put("PINGATE_AUDIT_FORMAT", "json");
            return new StandaloneGate(home, settings);
        };
        try (Stage stage = Stage.open("audit-file", toFile, Map.of())) {
            Path file = stage.gate().home().resolve("audit.log");
            Visitor visitor = new Visitor(stage);
            visitor.signIn();
            assertTrue(Deadline.reached(Deadline.USUAL, () -> Files.exists(file) && Files.size(file) > 0));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(Files.readString(file).contains("\"event\":\"sign-in\",\"outcome\":\"granted\""));

            Files.move(file, file.resolveSibling("audit.log.1"));
            assertTrue(Deadline.reached(Deadline.USUAL, () -> {
                visitor.signIn();
                return Files.exists(file) && Files.size(file) > 0;
            }));
            assertFalse(stage.gate().log().contains("event"), stage.gate().log());
        }
    }

    private static boolean told(GateProcess gate, String regex) throws Exception {
        return Deadline.reached(Deadline.USUAL, () -> count(gate.log(), regex) == 1);
    }

    private static long count(String log, String regex) throws IOException {
        return log.lines().filter(line -> line.matches(".*" + regex)).count();
    }
}
