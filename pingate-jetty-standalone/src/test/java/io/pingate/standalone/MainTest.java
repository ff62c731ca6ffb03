package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Pin;
import io.pingate.servlet.settings.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void help_has_every_setting(Setting setting) {
        assertEquals(0, run("--help"));
        String name = setting.secret() ? setting.environmentName() : setting.flag() + "=";
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("  " + name)), out.toString());
    }

    @Test
    void help_fits_a_terminal() {
        run("--help");
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80), out.toString());
    }

    @Test
    void version_tells_what_runs() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().matches("pingate \\S+ \\(Jetty 12\\.\\S+, Java \\S+\\)\\R"), out.toString());
    }

    @Test
    void flag_that_is_given_twice_is_told_in_one_line() {
        assertEquals(2, run("--port", "1", "--port", "2"));
        assertEquals("pingate: --port is given twice; leave one of them out" + System.lineSeparator(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nope=1234 | there is no --nope; --help shows what there is",
                "1234 | there is no 1234; --help shows what there is",
                "--port | --port needs a value; --help shows which",
                "hash-pin=1234 | there is no hash-pin; --help shows what there is"
            })
    void wrong_argument_is_told_in_one_line(String argument, String line) {
        assertEquals(2, run(argument));
        assertEquals("pingate: " + line + System.lineSeparator(), err.toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"PIN", "PIN_HASH", "SECRET", "SECRET_PREVIOUS", "LITELLM_MASTER_KEY"})
    void secret_as_a_flag_is_refused_without_repeating_it(Setting secret) {
        assertEquals(2, run(secret.flag(), "1234"));
        assertEquals(2, run(secret.flag() + "=1234"));
        assertFalse(err.toString().contains("1234"), err.toString());
        assertTrue(err.toString().contains("set " + secret.environmentName()), err.toString());
    }

    @Test
    void all_wrong_settings_are_told_at_once() {
        assertEquals(2, run("--port", "x", "--upstream", "ftp://h", "--log-level", "loud"));
        assertEquals(3, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().lines().allMatch(line -> line.startsWith("pingate: PINGATE_")), err.toString());
    }

    @Test
    void unreadable_file_is_told_in_one_line() {
        assertEquals(2, run("--config", folder.resolve("missing").toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void setting_in_the_file_counts() throws IOException {
        Path file = folder.resolve("pingate.properties");
        Files.writeString(file, "pingate.port=x\n");
        assertEquals(2, run("--config", file.toString()));
        assertTrue(err.toString().startsWith("pingate: PINGATE_PORT (pingate.port in "), err.toString());
    }

    @Test
    void taken_port_is_told_in_one_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertEquals(2, run("--demo", "--port", port, "--state-dir", folder.toString()));
            assertEquals(
                    "pingate: port " + port + " on 127.0.0.1 is taken; stop the program that listens there,"
                            + " or choose another port (0: any free one)" + System.lineSeparator(),
                    err.toString());
        }
    }

    @Test
    void address_of_another_machine_is_told_in_one_line() throws IOException {
        Path file = folder.resolve("pingate.properties");
        // RFC 5737: an address for documentation, nobody's own.
        Files.writeString(file, "pingate.pin=4711\npingate.host=192.0.2.1\npingate.port=0\n");
        assertEquals(2, run("--demo", "--config", file.toString(), "--state-dir", folder.toString()));
        assertEquals(
                "pingate: port 0 on 192.0.2.1 can't be listened on; PINGATE_HOST must be an address of this machine"
                        + System.lineSeparator(),
                err.toString());
    }

    @Test
    void demo_and_upstream_exclude_each_other() {
        assertEquals(2, run("--demo", "--upstream", "http://127.0.0.1:1"));
        assertEquals(
                "pingate: --demo brings an upstream of its own; leave out --upstream" + System.lineSeparator(),
                err.toString());
    }

    @Test
    void hash_of_a_piped_pin_matches_it() {
        assertEquals(0, runWithInput("4711\n", "hash-pin"));
        assertTrue(Pin.ofHash(out.toString().strip()).matches("4711"));
    }

    @Test
    void missing_pin_is_told_in_one_line() {
        assertEquals(2, runWithInput("", "hash-pin"));
        assertEquals("pingate: no PIN on the standard input" + System.lineSeparator(), err.toString());
    }

    private int runWithInput(String input, String... args) {
        InputStream standardInput = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return run(args);
        } finally {
            System.setIn(standardInput);
        }
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
