package io.pingate.standalone.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report();

    @Test
    void nothing_red_is_well() {
        assertEquals(0, report.exitCode());
        report.add("a", Finding.ok("fine"));
        report.add("b", Finding.warn("so-so", "look"));
        report.add("c", Finding.skipped("later"));
        assertEquals(0, report.exitCode());
        report.add("d", Finding.fail("broken", "mend it"));
        assertEquals(1, report.exitCode());
    }

    @Test
    void mark_tells_without_colours() {
        report.add("upstream", Finding.ok("answers"));
        report.add("scheme, Secure", Finding.fail("lost", "say it"));
        assertEquals(
                List.of(
                        "ok    upstream        answers",
                        "FAIL  scheme, Secure  lost",
                        "                      -> say it",
                        "",
                        "1 ok, 0 to look at, 1 wrong, 0 not looked at"),
                report.lines(false));
    }

    @Test
    void colour_is_beside_the_mark() {
        report.add("a", Finding.warn("w", ""));
        assertEquals(
                "\u001b[33mwarn\u001b[0m  a               w", report.lines(true).get(0));
    }

    /** A server's answers are quoted. */
    @Test
    void nothing_steers_the_terminal() {
        report.add("a", Finding.fail("x\u001b[2Jy\r\nz", "\u202er"));
        assertFalse(String.join("", report.lines(false)).matches("(?s).*\\p{C}.*"));
    }

    @Test
    void object_has_the_whole_of_it() {
        report.add("a \"b\"", Finding.warn("w\n", "r"));
        assertEquals(
                "{\"well\":true,\"findings\":[{\"check\":\"a \\\"b\\\"\",\"level\":\"warn\",\"what\":\"w\\n\","
                        + "\"remedy\":\"r\"}]}",
                report.json());
        report.add("c", Finding.fail("f", ""));
        assertTrue(report.json().startsWith("{\"well\":false,"), report::json);
    }
}
