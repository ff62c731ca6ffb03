package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
