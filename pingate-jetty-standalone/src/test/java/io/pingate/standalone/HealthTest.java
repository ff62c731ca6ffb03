package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.testing.TlsFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HealthTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void running_gate_is_well(String host) throws Exception {
        try (PingateServer gate = gate(host, "/pin")) {
            assertEquals(0, health("--host", host, "--port", "" + gate.port()), err.toString());
            assertEquals("", err.toString() + out);
        }
    }

    @Test
    void path_of_the_gate_is_heeded() throws Exception {
        try (PingateServer gate = gate("127.0.0.1", "/tools/pin")) {
            assertEquals(0, health("--port=" + gate.port(), "--gate-path=/tools/pin"), err.toString());
            assertEquals(1, health("--port=" + gate.port()));
            assertEquals("the gate at 127.0.0.1 port " + gate.port() + " answers 401", told());
        }
    }

    @Test
    void gate_is_unwell_for_who_asks_for_the_upstream_too_when_nobody_is_there() throws Exception {
        try (PingateServer gate = gate("127.0.0.1", "/pin")) {
            assertEquals(1, health("--ready", "--port=" + gate.port()));
            assertEquals(
                    "the gate at 127.0.0.1 port " + gate.port() + " is up, but what is behind it can't be used",
                    told());
        }
    }

    @Test
    void settings_in_a_file_count() throws Exception {
        try (PingateServer gate = gate("127.0.0.1", "/pin")) {
            Path file = folder.resolve("pingate.properties");
            Files.writeString(file, "pingate.port=" + gate.port() + "\npingate.pin.file=/nowhere\n");
            assertEquals(0, health("--config", file.toString()), err.toString());
        }
    }

    @Test
    void nobody_there_is_unwell() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertEquals(1, health("--port", "" + port));
        assertEquals("nobody listens at 127.0.0.1 port " + port, told());
    }

    @Test
    void another_program_is_no_gate() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> greet(other));
            answering.start();
            assertEquals(1, health("--port", "" + other.getLocalPort()));
            assertEquals("what listens at 127.0.0.1 port " + other.getLocalPort() + " is no gate", told());
            answering.join();
        }
    }

    @Test
    void silence_is_unwell() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, health("--port", "" + silent.getLocalPort()));
            assertTrue(told().endsWith("does not answer within 3 s"), told());
        }
    }

    @Test
    void port_that_the_gate_chose_has_to_be_named() {
        assertEquals(2, health("--port", "0"));
        assertTrue(told().startsWith("PINGATE_PORT"), told());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upstream=http://h", "--demo", "--nope", "--port"})
    void flag_that_says_nothing_here_is_told(String flag) {
        assertEquals(2, health(flag));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void help_tells_the_exit_codes() {
        assertEquals(0, health("--help"));
        assertTrue(out.toString().contains("The exit code is 0"), out.toString());
    }

    @Test
    void gate_that_speaks_https_is_asked_so() throws Exception {
        TlsFiles files = TlsFiles.in(folder);
        files.write("/io/pingate/standalone/tls/localhost.p12");
        try (PingateServer gate = gate("127.0.0.1", "/pin", files.settings())) {
            String port = "" + gate.port();
            String certificate = files.certificate().toString();
            assertEquals(0, health("--port", port, "--tls-cert-file", certificate), err.toString());
            assertEquals(1, health("--port", port));
            assertEquals("the gate at 127.0.0.1 port " + port + " answers 400", told());
        }
    }

    private PingateServer gate(String host, String path) throws IOException {
        return gate(host, path, Map.of());
    }

    private PingateServer gate(String host, String path, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of(
                "PINGATE_HOST",
                host,
                "PINGATE_PORT",
                "0",
                "PINGATE_PIN",
                "4711",
                "PINGATE_GATE_PATH",
                path,
                // Where nobody listens.
                "PINGATE_UPSTREAM",
                "http://127.0.0.1:1",
                "PINGATE_STATE_DIR",
                folder.toString()));
        PingateServer gate = new PingateServer(PinGateSettings.load(SettingsSource.environment(all::get)));
        gate.start();
        return gate;
    }

    private static void greet(ServerSocket other) {
        try (Socket client = other.accept()) {
            client.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String told() {
        return err.toString().strip().replaceFirst("^pingate: ", "");
    }

    private int health(String... flags) {
        String[] args = new String[flags.length + 1];
        args[0] = "health";
        System.arraycopy(flags, 0, args, 1, flags.length);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
