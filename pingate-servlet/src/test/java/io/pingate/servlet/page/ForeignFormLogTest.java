package io.pingate.servlet.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.Decision;
import io.pingate.servlet.log.LogText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ForeignFormLogTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final ForeignFormLog log = new ForeignFormLog(nanos::get, lines::add);

    @Test
    void field_that_does_not_match_is_named_once_a_minute() {
        log.refused(new Decision.ForeignForm("", "Origin", "https://gate.test", "gate:3060"));
        log.refused(new Decision.ForeignForm("", "Origin", "https://gate.test", "gate:3060"));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        log.refused(new Decision.ForeignForm("", "Sec-Fetch-Site", "cross-site", "gate:3060"));
        assertEquals(
                List.of(
                        "A form of the gate's own was refused: its Origin is \"https://gate.test\", but the Host is "
                                + "\"gate:3060\". If you sent it, let the proxy before the gate pass Host as the "
                                + "browser sent it. (0 more since the last such line)",
                        "A form of the gate's own was refused: its Sec-Fetch-Site is \"cross-site\", so a page of "
                                + "another site sent it. (1 more since the last such line)"),
                lines);
    }

    @Test
    void text_of_strangers_can_neither_break_nor_fill_the_line() {
        assertEquals(
                "\"a\\u000d\\u000a\\u001b[31m\\u00e4\\u0022\\u005c~\"", LogText.quoted("a\r\n\u001b[31m\u00e4\"\\~"));
        assertEquals("\"" + "x".repeat(120) + "\"", LogText.quoted("x".repeat(120)));
        assertEquals("\"" + "x".repeat(120) + "...\"", LogText.quoted("x".repeat(40_000)));
    }
}
