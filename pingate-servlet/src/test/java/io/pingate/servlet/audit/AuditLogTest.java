package io.pingate.servlet.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.IpAddress;
import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.GateEvent.Kind;
import io.pingate.servlet.log.LogFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final String HOSTILE =
            "x\" event=sign-in client=1.2.3.4\r\ntime=2026-11-28T12:00:00Z event=wrong-pin client=9.9.9.9 \u001b[31m\\";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AuditLimits limits = new AuditLimits(nanos::get);

    private static GateEvent event(Kind kind, String client, @Nullable String detail, @Nullable String agent) {
        return new GateEvent(
                kind, NOW, new GateEvent.Sender(IpAddress.parse(client).orElseThrow(), "POST", "/pin", agent), detail);
    }

    private int written(int events, Kind kind, String client) {
        int written = 0;
        for (int i = 0; i < events; i++) {
            if (limits.of(event(kind, client, null, null)) == AuditLimits.Fate.WRITTEN) {
                written++;
            }
        }
        return written;
    }

    @Test
    void line_tells_who_did_what() {
        assertEquals(
                "time=2026-11-28T12:00:00.123Z event=wrong-pin outcome=denied client=2001:db8::1 method=POST path=/pin"
                        + " user_agent=curl/8",
                AuditLog.line(LogFormat.LOGFMT, event(Kind.WRONG_PIN, "2001:db8::1", null, "curl/8")));
        assertEquals(
                "{\"time\":\"2026-11-28T12:00:00.123Z\",\"event\":\"token\",\"outcome\":\"granted\","
                        + "\"client\":\"192.0.2.1\",\"token\":\"abc\",\"method\":\"POST\",\"path\":\"/pin\"}",
                AuditLog.line(LogFormat.JSON, event(Kind.TOKEN, "192.0.2.1", "abc", null)));
        assertEquals(
                "time=2026-11-28T12:00:00.123Z event=sign-out-all outcome=done",
                AuditLog.line(LogFormat.LOGFMT, new GateEvent(Kind.SIGN_OUT_ALL, NOW, null, null)));
    }

    @Test
    void user_agent_forges_no_line_and_no_field() {
        for (LogFormat format : LogFormat.values()) {
            String line = AuditLog.line(format, event(Kind.SIGN_IN, "192.0.2.1", null, HOSTILE + "x".repeat(40_000)));
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
            assertTrue(line.contains("\"x\\u0022 event=sign-in client=1.2.3.4\\u000d\\u000atime="), line);
            assertTrue(line.contains("\\u001b[31m\\u005c"), line);
            assertTrue(line.length() < 500, line);
        }
    }

    @Test
    void strangers_lines_are_limited_and_the_owners_are_not() {
        assertEquals(AuditLimits.NETWORK_AT_ONCE, written(1_000, Kind.THROTTLED, "192.0.2.1"));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(AuditLimits.NETWORK_A_MINUTE, written(1_000, Kind.THROTTLED, "192.0.2.1"));
        assertEquals(5, written(5, Kind.WRONG_PIN, "192.0.2.1"), "a ban needs each of them");
        assertEquals(1_000, written(1_000, Kind.SIGN_IN, "192.0.2.1"));
        assertEquals(AuditLimits.NETWORK_AT_ONCE, written(1_000, Kind.REFUSED, "192.0.2.2"), "another's are its own");
        int all = 0;
        for (int i = 0; i < 2_000; i++) {
            all += written(1, Kind.THROTTLED, "10.0." + i / 250 + "." + i % 250);
        }
        assertEquals(AuditLimits.ALL_AT_ONCE - AuditLimits.NETWORK_AT_ONCE - AuditLimits.NETWORK_A_MINUTE, all);
        assertEquals(5, written(5, Kind.WRONG_PIN, "192.0.2.3"), "a flood of others hides none");
    }

    @Test
    void use_of_a_token_is_told_once_an_hour_for_each_client() {
        GateEvent use = event(Kind.TOKEN, "192.0.2.1", "abc", null);
        assertEquals(AuditLimits.Fate.WRITTEN, limits.of(use));
        assertEquals(AuditLimits.Fate.KNOWN, limits.of(use));
        assertEquals(AuditLimits.Fate.WRITTEN, limits.of(event(Kind.TOKEN, "192.0.2.2", "abc", null)));
        assertEquals(AuditLimits.Fate.WRITTEN, limits.of(event(Kind.TOKEN, "192.0.2.1", "def", null)));
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertEquals(AuditLimits.Fate.WRITTEN, limits.of(use));
    }
}
