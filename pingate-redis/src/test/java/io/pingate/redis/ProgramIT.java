package io.pingate.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users have it: one jar beside another. */
@Timeout(120)
class ProgramIT {
    @TempDir
    Path folder;

    private record Ended(int code, String text) {}

    private Started start(Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", folder.resolve("pingate.jar").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Path log = Files.createTempFile(folder, "log", ".txt");
        return new Started(builder.redirectOutput(log.toFile()).start(), log);
    }

    private record Started(Process process, Path log) {
        Ended end() throws Exception {
            return new Ended(process.waitFor(), Files.readString(log));
        }
    }

    private Ended run(Map<String, String> environment, String... words) throws Exception {
        return start(environment, words).end();
    }

    private void copy(String property) throws Exception {
        Path jar = Path.of(System.getProperty(property));
        Files.copy(jar, folder.resolve(jar.getFileName()));
    }

    @Test
    void commands_reach_gates_of_other_machines() throws Exception {
        copy("pingate.jar");
        copy("pingate.redis.jar");
        try (RedisServer redis = new RedisServer();
                Upstream upstream = new Upstream();
                TestGate gate = new TestGate(
                        folder.resolve("here"),
                        Map.of("PINGATE_REDIS", redis.address(), "PINGATE_UPSTREAM", upstream.address()))) {
            Map<String, String> elsewhere =
                    TestGate.environment(folder.resolve("elsewhere"), Map.of("PINGATE_REDIS", redis.address()));
            Started other = start(elsewhere, "--demo");
            assertTrue(Deadline.reached(Deadline.START, () -> redis.ask("HLEN pingate:pingate:gates")
                    .equals(":2\r\n")));
            String cookie = gate.signIn();
            String token =
                    run(elsewhere, "token", "backup").text.lines().findFirst().orElseThrow();
            assertEquals(200, gate.openWith(token));

            Ended revoked = run(elsewhere, "revoke", "backup");
            assertEquals(0, revoked.code, revoked::text);
            assertTrue(revoked.text.contains("All gates that share by Redis have taken it up."), revoked::text);
            assertEquals(401, gate.openWith(token));
            assertEquals(200, gate.open(cookie));

            Ended out = run(elsewhere, "sign-out-all");
            assertEquals(0, out.code, out::text);
            assertTrue(out.text.contains("Everybody is signed out of all gates that share by Redis."), out::text);
            assertTrue(out.text.contains("the running gate in process " + other.process.pid()), out::text);
            assertEquals(401, gate.open(cookie));

            redis.kill();
            Ended failed = run(elsewhere, "sign-out-all");
            assertEquals(1, failed.code, failed::text);
            assertTrue(
                    failed.text.contains("pingate: nobody was signed out of gates on other machines: Redis at "),
                    failed::text);

            other.process.destroy();
            String log = other.end().text;
            assertEquals(
                    1,
                    log.lines().filter(line -> line.contains("can't be used")).count(),
                    log);
            assertEquals(1, log.lines().filter(line -> line.contains(" WARN ")).count(), log);
        }
    }

    @Test
    void gate_says_which_jar_is_missing() throws Exception {
        copy("pingate.jar");
        Ended ended = run(TestGate.environment(folder, Map.of("PINGATE_REDIS", "redis://:secret@127.0.0.1:1")));
        assertEquals(2, ended.code, ended::text);
        assertTrue(
                ended.text.contains(
                        "pingate: PINGATE_REDIS: what speaks with Redis isn't there; put pingate-redis.jar"),
                ended::text);
        assertTrue(!ended.text.contains("secret"), ended::text);
    }
}
