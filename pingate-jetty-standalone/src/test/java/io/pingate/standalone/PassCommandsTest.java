package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that make, list and end tokens and links, without a gate that runs. */
@Timeout(60)
class PassCommandsTest {
    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private String config = "";

    @BeforeEach
    void write() throws Exception {
        Path file = folder.resolve("pingate.properties");
        Files.writeString(file, "pingate.pin=47114711\npingate.state.dir=" + folder + "\n");
        config = "--config=" + file;
    }

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        return GateCommand.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void token_is_printed_alone_listed_and_ended() {
        assertEquals(0, run("token", "backup", "--days", "3", "--paths", "/api/*", config));
        assertTrue(out.toString().matches("pgt1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\R"), out::toString);
        assertEquals(0, run("tokens", config));
        assertTrue(out.toString().contains("backup") && out.toString().contains("/api/*"), out::toString);
        assertEquals(1, run("revoke", "backup", config));
        assertTrue(out.toString().startsWith("1 token has ended."), out::toString);
        assertTrue(err.toString().contains("no running gate"), err::toString);
    }

    @Test
    void name_is_taken_once_and_nothing_is_ended_that_is_not_there() {
        assertEquals(0, run("token", "backup", config));
        assertTrue(run("token", "backup", config) != 0);
        assertEquals("", out.toString());
        assertTrue(run("revoke", "other", config) != 0);
        assertTrue(err.toString().contains("pingate tokens lists them"), err::toString);
    }

    @Test
    void link_has_the_address_of_the_gate() {
        assertEquals(0, run("link", "--public-url", "https://notes.example.org/", config));
        assertTrue(out.toString().startsWith("https://notes.example.org/pin/link/pgl1."), out::toString);
        assertEquals(0, run("link", "--guest", "8h", "--next", "/a", config));
        assertTrue(out.toString().startsWith("http://127.0.0.1:3060/pin/link/pgl1."), out::toString);
        assertTrue(err.toString().contains("PINGATE_PUBLIC_URL"), err::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes=0, --minutes",
        "--minutes=x, --minutes",
        "--minutes=1441, --minutes",
        "--guest=x, --guest",
        "--guest=0d, --guest",
        "--guest=31d, --guest",
        "'--guest=8h,--minutes=5', at once",
        "--next=//evil.test, next"
    })
    void link_that_breaks_a_rule_is_refused(String arguments, String told) {
        String[] all = ("link," + arguments + "," + config).split(",");
        assertTrue(run(all) != 0, arguments);
        assertEquals("", out.toString());
        assertTrue(err.toString().contains(told), err::toString);
    }
}
