package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LoggingTest {
    private static final Logger OWN = LoggerFactory.getLogger("io.pingate.standalone.LoggingTest");
    private static final Logger JETTY = LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, UTF_8));
    }

    @AfterEach
    void restore() throws Exception {
        System.setErr(standardError);
        LogManager.getLogManager().readConfiguration();
    }

    @Test
    void jetty_says_nothing_below_info_at_any_level() {
        for (Level level : Level.values()) {
            Logging.configure(level);
            // Somebody may turn a single logger up; the cap must hold all the same.
            java.util.logging.Logger.getLogger(JETTY.getName()).setLevel(java.util.logging.Level.ALL);
            JETTY.debug("Cookie: secret");
            JETTY.trace("Cookie: secret");
        }
        assertEquals("", text());
    }

    @Test
    void own_loggers_follow_the_level() {
        Logging.configure(Level.TRACE);
        OWN.trace("fine");
        Logging.configure(Level.WARN);
        OWN.info("unheard");
        OWN.warn("heard");
        assertTrue(text().matches(TIME + "TRACE fine\\R" + TIME + "WARN  heard\\R"), text());
    }

    @Test
    void event_is_one_line_even_with_an_exception() {
        Logging.configure(Level.INFO);
        OWN.error("It failed", new IllegalStateException("outer", new IllegalArgumentException()));
        assertTrue(
                text().matches(TIME + "ERROR It failed \\(IllegalStateException outer: IllegalArgumentException\\)\\R"),
                text());
    }

    @Test
    void stack_trace_is_there_when_details_are_wanted() {
        Logging.configure(Level.DEBUG);
        OWN.error("It failed", new IllegalStateException("outer"));
        assertTrue(text().contains("\tat io.pingate.standalone.LoggingTest"), text());
    }

    @Test
    void line_breaks_in_a_message_start_no_line_of_their_own() {
        Logging.configure(Level.INFO);
        OWN.info("one\r\n2026-01-01 00:00:00 INFO  faked\u001b[2J\u202egnp.\u2028\u0085\ud800 caf\u00e9");
        assertTrue(
                text().matches(TIME + "INFO  one\\\\r\\\\n2026-01-01 00:00:00 INFO  faked\\\\u001b\\[2J"
                        + "\\\\u202egnp\\.\\\\u2028\\\\u0085\\\\ud800 caf\u00e9\\R"),
                text());
    }

    @ParameterizedTest
    @EnumSource(
            value = Level.class,
            names = {"INFO", "DEBUG"})
    void line_breaks_in_an_exception_start_no_line_of_their_own(Level level) {
        Logging.configure(level);
        OWN.warn("It failed", new IllegalStateException("a\nfaked", new IllegalArgumentException("b\r\nfaked")));
        assertTrue(text().lines().noneMatch(line -> line.startsWith("faked")), text());
    }

    @Test
    void message_is_cut_when_a_stranger_makes_it_long() {
        Logging.configure(Level.INFO);
        JETTY.warn("Encountered multiple `Host` headers: {}", "h".repeat(36_000));
        assertTrue(text().length() < 2_200, text());
        assertTrue(text().endsWith("more characters)" + System.lineSeparator()), text());
    }

    @Test
    void library_is_cut_off_when_it_says_the_same_a_thousand_times() {
        Logging.configure(Level.INFO);
        for (int i = 0; i < 1_000; i++) {
            JETTY.warn("Encountered multiple `Host` headers");
            OWN.warn("own");
        }
        assertEquals(1_000, text().lines().filter(line -> line.endsWith("own")).count());
        long heard = text().lines().filter(line -> line.contains("Host")).count();
        // One more comes every ten seconds, however slow the machine is.
        assertTrue(heard >= 10 && heard <= 15, () -> heard + " lines");
    }

    @Test
    void next_line_says_how_many_were_left_out() {
        LogRate rate = new LogRate();
        Instant now = Instant.parse("2026-11-24T14:03:05Z");
        for (int i = 0; i < 17; i++) {
            rate.allows(event(now));
        }
        assertFalse(rate.allows(event(now.plusSeconds(9))));
        LogRecord next = event(now.plusSeconds(10));
        assertTrue(rate.allows(next));
        assertEquals("(8 lines like this were left out) said", next.getMessage());
        assertFalse(rate.allows(event(now.plusSeconds(10))));
        assertFalse(rate.allows(event(now.minusSeconds(100))), "the clock is set back");
    }

    private static LogRecord event(Instant when) {
        LogRecord event = new LogRecord(java.util.logging.Level.WARNING, "said");
        event.setLoggerName(JETTY.getName());
        event.setInstant(when);
        return event;
    }

    private String text() {
        return written.toString(UTF_8);
    }
}
