package io.pingate.servlet.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    @Test
    void one_line_a_period_is_let_through_and_the_others_are_counted() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
        LogLimit limit = new LogLimit(Duration.ofNanos(100), nanos::get);
        assertEquals(OptionalLong.of(0), limit.admit());
        assertEquals(OptionalLong.empty(), limit.admit());
        nanos.addAndGet(99);
        assertEquals(OptionalLong.empty(), limit.admit());
        nanos.addAndGet(1);
        assertEquals(OptionalLong.of(2), limit.admit());
        assertEquals(OptionalLong.empty(), limit.admit());
        nanos.addAndGet(1_000);
        assertEquals(OptionalLong.of(1), limit.admit());
    }
}
