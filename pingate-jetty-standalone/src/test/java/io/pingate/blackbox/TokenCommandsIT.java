package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 2: tokens are made, listed and ended by commands, which gates that run heed. */
@Timeout(600)
class TokenCommandsIT {
    static Stream<Arguments> gates() {
        return Stream.of(
                Arguments.of("standalone-revoke", (Stage.Recipe) StandaloneGate::new),
                Arguments.of("tomcat10-revoke", TomcatGate.tomcat10()),
                Arguments.of("tomcat11-revoke", TomcatGate.tomcat11()),
                Arguments.of("jettywar-revoke", (Stage.Recipe) JettyGate::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void token_opens_until_it_is_revoked_or_everybody_is_signed_out(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.openWithKeptKey(name, recipe)) {
            String laptop = made(stage, "my laptop");
            String phone = made(stage, "phone");
            assertEquals(200, ask(stage, laptop).status());
            assertEquals(200, ask(stage, phone).status());
            Finished list = run(stage, "tokens");
            assertTrue(
                    list.text().matches("(?s).*my laptop +20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d +good +everything\n.*"),
                    list::text);

            stage.upstream().forget();
            stage.upstream().byHand();
            try (RawClient client = stage.client()) {
                client.send(request(laptop));
                Exchange stream = stage.upstream().next();
                stream.send(WireHead.of("HTTP/1.1 200 OK", "Content-Type: text/event-stream") + "data: 1\n\n");
                assertEquals(200, client.in().head().status());
                // Nobody asks the gate for anything meanwhile.
                Finished revoked = run(stage, "revoke", "my laptop");
                assertEquals(0, revoked.exitCode(), revoked::text);
                assertTrue(
                        revoked.text()
                                .contains("1 token has ended, also at the running gate in process "
                                        + stage.gate().pid() + "."),
                        revoked::text);
                assertTrue(stream.in().ended(), "what was opened with it goes on");
            }
            stage.upstream().forget();
            assertRefused("This token was revoked.", ask(stage, laptop));
            assertEquals(200, ask(stage, phone).status());
            assertTrue(run(stage, "tokens").text().contains(" revoked "));
            assertEquals(2, run(stage, "revoke", "my laptop").exitCode());

            assertEquals(0, Finished.signOutAll(stage.gate().state()).exitCode());
            assertRefused("This token has ended, since everybody was signed out.", ask(stage, phone));
            assertEquals(200, ask(stage, made(stage, "new phone")).status());
        }
    }

    /** What can't be read may hold any token. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void no_token_opens_when_the_revoked_ones_cannot_be_read(String name, Stage.Recipe recipe) throws Exception {
        try (Stage stage = Stage.openWithKeptKey(name + "-unreadable", recipe)) {
            String token = made(stage, "a");
            assertEquals(200, ask(stage, token).status());
            Path revoked = Files.writeString(stage.gate().state().resolve("revoked"), "spoilt");
            // By one look a second, or by one at the next request and the answer to the one after.
            until(() -> ask(stage, token).status() == 503);
            assertEquals(200, new Visitor(stage).status(new Visitor(stage).signIn()));
            assertEquals(2, run(stage, "revoke", "a").exitCode());
            Files.delete(revoked);
            until(() -> ask(stage, token).status() == 200);
            assertEquals(1, stage.gate().log().split("which ones were revoked can't be read", -1).length - 1);
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Deadline.START.toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() - end < 0, "it never came true");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void assertRefused(String reason, WireResponse answer) throws IOException {
        assertEquals(401, answer.status());
        assertTrue(answer.text().contains(reason), answer::text);
    }

    private static WireResponse ask(Stage stage, String token) throws IOException {
        try (RawClient client = stage.client()) {
            return client.send(request(token)).response();
        }
    }

    private static String request(String token) {
        return GateContract.stranger("GET", "/a", "X-Pingate-Token: " + token);
    }

    private static String made(Stage stage, String name) throws Exception {
        Finished made = run(stage, "token", name);
        assertEquals(0, made.exitCode(), made::text);
        String token = made.text()
                .lines()
                .filter(line -> line.startsWith("pgt1."))
                .findFirst()
                .orElseThrow();
        assertFalse(Files.readString(stage.gate().state().resolve("tokens"), StandardCharsets.UTF_8)
                .contains(token));
        return token;
    }

    private static Finished run(Stage stage, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("env", "PINGATE_PIN=" + Stage.PIN, GateProcess.tool("java"), "-XX:TieredStopAtLevel=1"));
        command.addAll(StandaloneGate.PROGRAM);
        command.addAll(List.of(arguments));
        command.add("--state-dir=" + stage.gate().state());
        return Finished.run(command.toArray(String[]::new));
    }
}
