package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.logging.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        OWN.info("one\r\n2026-01-01 00:00:00 INFO  faked\u001b[2J");
        assertTrue(text().matches(TIME + "INFO  one  2026-01-01 00:00:00 INFO  faked \\[2J\\R"), text());
    }

    private String text() {
        return written.toString(UTF_8);
    }
}
