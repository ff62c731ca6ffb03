package io.pingate.servlet.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineBudgetTest {
    // It passes the end of the clock's numbers.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final LineBudget budget = new LineBudget(5, 2, nanos::get);

    private int admitted() {
        int admitted = 0;
        for (int i = 0; i < 100; i++) {
            admitted += budget.admit() ? 1 : 0;
        }
        return admitted;
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void some_lines_pass_at_once_and_so_many_more_each_minute() {
        assertEquals(5, admitted());
        pass(Duration.ofMinutes(1));
        assertEquals(2, admitted());
        pass(Duration.ofSeconds(29));
        assertEquals(0, admitted());
        pass(Duration.ofSeconds(1));
        assertEquals(1, admitted());
    }

    @Test
    void rest_saves_no_more_than_pass_at_once() {
        assertEquals(5, admitted());
        pass(Duration.ofDays(400));
        assertEquals(5, admitted());
    }

    @Test
    void refused_lines_cost_nothing() {
        assertEquals(5, admitted());
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofMillis(500));
            assertEquals(i == 59, budget.admit(), "after " + i);
        }
    }
}
