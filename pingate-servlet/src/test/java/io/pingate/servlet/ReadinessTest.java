package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final long A_SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    private final Readiness readiness = new Readiness(nanos::get);

    private CompletableFuture<Boolean> ask() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    @Test
    void gate_without_upstream_is_ready() {
        assertTrue(readiness.now().join());
    }

    @Test
    void upstream_is_asked_once_a_second_however_many_want_to_know() {
        readiness.by(this::ask);
        CompletableFuture<Boolean> first = readiness.now();
        assertSame(first, readiness.now());
        first.complete(false);
        nanos.addAndGet(A_SECOND - 1);
        assertSame(first, readiness.now());
        nanos.addAndGet(1);
        assertNotSame(first, readiness.now());
        assertEquals(2, asked.size());
    }

    @Test
    void nobody_asks_again_while_the_answer_is_on_its_way() {
        readiness.by(this::ask);
        CompletableFuture<Boolean> slow = readiness.now();
        nanos.addAndGet(5 * A_SECOND);
        assertSame(slow, readiness.now());
    }
}
