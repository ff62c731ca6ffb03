package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.demo.DemoUpstream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DoctorTest {
    private static final String PIN = "47114711";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return GateCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String config(String upstream) throws Exception {
        Path file = folder.resolve("pingate.properties");
        Files.writeString(
                file, "pingate.pin=" + PIN + "\npingate.upstream=" + upstream + "\npingate.state.dir=" + folder + "\n");
        return "--config=" + file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--idle=x", "--idle=601", "--idle=-1", "ftp://notes.test", "https://notes.test/?a", "--nope"})
    void wrong_argument_is_told(String argument) {
        assertEquals(2, run("doctor", argument));
        assertTrue(err.toString().startsWith("pingate: "), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void faulty_settings_are_told_as_at_the_start() {
        assertEquals(1, run("doctor", "--port=x", "--gate-path=y", "--pin-file=/none"));
        assertTrue(out.toString().contains("FAIL  settings        PINGATE_PORT"), out::toString);
        assertTrue(out.toString().contains("PINGATE_GATE_PATH"), out::toString);
    }

    @Test
    void gate_that_does_not_run_is_red() throws Exception {
        try (DemoUpstream upstream = new DemoUpstream()) {
            upstream.start("/pin/logout");
            assertEquals(1, run("doctor", config(upstream.uri().toString()), "--port=1", "--json"));
            assertTrue(out.toString().startsWith("{\"well\":false,"), out::toString);
            assertTrue(out.toString().contains("nobody listens there"), out::toString);
            assertEquals(-1, (out.toString() + err).indexOf(PIN));
        }
    }

    @Test
    void gate_that_runs_is_well() throws Exception {
        try (DemoUpstream upstream = new DemoUpstream()) {
            upstream.start("/pin/logout");
            String config = config(upstream.uri().toString());
            PinGateSettings settings = PinGateSettings.load(SettingsSource.flags(name -> switch (name) {
                case "--config" -> config.substring("--config=".length());
                case "--port" -> "0";
                default -> null;
            }));
            try (PingateServer gate = new PingateServer(settings)) {
                gate.start();
                String address = "http://127.0.0.1:" + gate.port();
                assertEquals(0, run("doctor", address, config, "--port=" + gate.port(), "--idle=1"), out::toString);
            }
            assertTrue(out.toString().contains("ok    GET stream      its events come one by one"), out::toString);
            assertTrue(out.toString().contains("ok    WebSocket       a handshake arrives as one"), out::toString);
            assertTrue(out.toString().contains("ok    idle stream     a stream lives through 1 s"), out::toString);
            assertEquals(-1, (out.toString() + err).indexOf("pgd1."));
        }
    }
}
