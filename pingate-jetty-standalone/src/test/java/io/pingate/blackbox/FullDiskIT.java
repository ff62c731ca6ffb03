package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pingate.testing.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Not a byte can be written to the state folder, as on a full disk: files can be made and stay empty. The system's limit
 * for a file's size does that to one process, and is lifted while that runs.
 */
@Timeout(600)
class FullDiskIT {
    private static final String FULL = "ulimit -S -f 0; ";

    private Stage stage;
    private Visitor visitor;
    private Disk gate;

    @BeforeEach
    void open() throws Exception {
        stage = Stage.openWithKeptKey("full-disk", Disk::new);
        visitor = new Visitor(stage);
        gate = (Disk) stage.gate();
    }

    @AfterEach
    void close() throws IOException {
        stage.close();
    }

    @Test
    void gate_goes_on_and_is_seen_by_itself_when_there_is_space_again() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "util-linux lifts the limit");
        String cookie = visitor.signIn();
        gate.stop();
        gate.full = true;
        gate.start();
        assertEquals(200, visitor.status(cookie), "signed in before");
        assertEquals(200, visitor.status(visitor.signIn()));
        for (int i = 0; i < 5; i++) {
            assertEquals(401, visitor.tryPin("wrong").status());
        }
        assertEquals(429, visitor.tryPin("wrong").status(), "tries are counted");
        assertEquals(1, told("sign-out-all will not see this gate"), gate.log());
        assertEquals(0, told("Exception in|at io.pingate"), gate.log());
        assertEquals(List.of("key", "running"), gate.stateFiles());

        Finished failed = signOutAll(FULL);
        assertEquals(2, failed.exitCode(), failed::text);
        assertTrue(failed.text().contains("nobody was signed out ("), failed::text);
        assertEquals(200, visitor.status(cookie));
        assertEquals(List.of("key", "running"), gate.stateFiles());

        var unused = Finished.run("/usr/bin/prlimit", "--pid=" + gate.pid(), "--fsize=unlimited");
        assertTrue(Deadline.reached(Deadline.USUAL, () -> told("sign-out-all sees this gate now") == 1));
        Finished done = signOutAll("");
        assertEquals(0, done.exitCode(), done::text);
        assertEquals(401, visitor.status(cookie));
    }

    @Test
    void gate_has_a_key_of_its_own_and_says_so_once_when_none_can_be_kept() throws Exception {
        gate.stop();
        Files.delete(gate.state().resolve("key"));
        gate.full = true;
        gate.start();
        String cookie = visitor.signIn();
        assertEquals(200, visitor.status(cookie));
        assertEquals(1, told("Cookies are signed with a key in memory"), gate.log());
        assertEquals(List.of("running"), gate.stateFiles());

        gate.full = false;
        gate.restart();
        assertEquals(401, visitor.status(cookie), "as was said");
        String kept = visitor.signIn();
        gate.restart();
        assertEquals(200, visitor.status(kept));
        assertEquals(0, told("key in memory"), gate.log());
    }

    private long told(String regex) throws IOException {
        return gate.log()
                .lines()
                .filter(line -> line.matches(".*(" + regex + ").*"))
                .count();
    }

    private Finished signOutAll(String first) throws Exception {
        return Finished.signOutAll(gate.state(), "/bin/sh", "-c", first + "exec \"$@\"", "sh");
    }

    /** A gate on a disk that may be full; its log goes elsewhere. */
    private static final class Disk extends StandaloneGate {
        private boolean full;

        Disk(Path home, Map<String, String> settings) {
            super(home, settings);
        }

        @Override
        List<String> launcher() {
            String elsewhere = "rm -f log; mkfifo log; cat log & ";
            return full
                    ? List.of("/bin/sh", "-c", elsewhere + FULL + "exec \"$@\" > log 2>&1", "sh")
                    : super.launcher();
        }

        @Override
        List<String> program() {
            List<String> all = new ArrayList<>(List.of("-XX:-UsePerfData"));
            all.addAll(super.program());
            return all;
        }
    }
}
