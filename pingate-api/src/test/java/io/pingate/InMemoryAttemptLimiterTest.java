package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryAttemptLimiterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Near the end of a long, where System.nanoTime may be, too. */
    private long nanos = Long.MAX_VALUE - 1;

    private final InMemoryAttemptLimiter limiter = new InMemoryAttemptLimiter(() -> nanos);

    private static AttemptSource stranger(String address) {
        return new AttemptSource.Stranger(IpAddress.parse(address).orElseThrow());
    }

    private static AttemptSource stranger(int number) {
        return new AttemptSource.Stranger(new IpAddress(false, 0, number));
    }

    private static AttemptSource holder(int number) {
        return new AttemptSource.Holder(Instant.ofEpochSecond(number));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private int granted(int tries, IntFunction<AttemptSource> guessers) {
        int granted = 0;
        for (int i = 0; i < tries; i++) {
            granted += limiter.reserve(guessers.apply(i)).isEmpty() ? 1 : 0;
        }
        return granted;
    }

    @Test
    void one_client_has_five_tries_then_one_a_minute() {
        assertEquals(5, granted(9, i -> stranger(1)));
        assertEquals(Optional.of(MINUTE), limiter.reserve(stranger(1)));

        pass(MINUTE.minusNanos(1));
        assertEquals(Optional.of(Duration.ofNanos(1)), limiter.reserve(stranger(1)));

        pass(Duration.ofNanos(1));
        assertEquals(1, granted(9, i -> stranger(1)));

        pass(MINUTE.multipliedBy(100));
        assertEquals(5, granted(9, i -> stranger(1)));
    }

    @Test
    void tries_left_are_those_that_would_be_granted() {
        assertEquals(5, limiter.triesLeft(stranger(1)));
        for (int left = 4; left >= 0; left--) {
            limiter.reserve(stranger(1));
            assertEquals(left, limiter.triesLeft(stranger(1)));
        }
        limiter.reserve(stranger(1));
        assertEquals(0, limiter.triesLeft(stranger(1)));
        assertEquals(5, limiter.triesLeft(stranger(2)));
        assertEquals(5, limiter.triesLeft(holder(1)));

        pass(MINUTE.minusNanos(1));
        assertEquals(0, limiter.triesLeft(stranger(1)));
        pass(Duration.ofNanos(1));
        assertEquals(1, limiter.triesLeft(stranger(1)));
        pass(MINUTE.multipliedBy(100));
        assertEquals(5, limiter.triesLeft(stranger(1)));
    }

    @Test
    void tries_left_are_those_of_all_when_they_are_fewer() {
        granted(28, InMemoryAttemptLimiterTest::stranger);
        assertEquals(2, limiter.triesLeft(stranger(9999)));
        granted(2, InMemoryAttemptLimiterTest::stranger);
        assertEquals(0, limiter.triesLeft(stranger(9999)));
        assertEquals(5, limiter.triesLeft(holder(1)));
        assertEquals(28, limiter.remembered());
    }

    @Test
    void all_clients_together_have_thirty_tries_then_sixty_an_hour() {
        assertEquals(30, granted(1000, InMemoryAttemptLimiterTest::stranger));
        assertEquals(Optional.of(MINUTE), limiter.reserve(stranger(9999)));

        pass(Duration.ofHours(1).minusNanos(1));
        assertEquals(30, granted(1000, InMemoryAttemptLimiterTest::stranger));

        int hour = 0;
        for (int minute = 0; minute < 60; minute++) {
            pass(MINUTE);
            hour += granted(100, InMemoryAttemptLimiterTest::stranger);
        }
        assertEquals(60, hour);
    }

    @Test
    void wait_is_that_of_the_count_that_grants_later() {
        granted(5, i -> stranger(1));
        pass(Duration.ofSeconds(30));
        granted(1000, i -> stranger(i + 2));

        assertEquals(Optional.of(Duration.ofSeconds(30)), limiter.reserve(stranger(1)));
        assertEquals(Optional.of(Duration.ofSeconds(30)), limiter.reserve(stranger(9999)));
    }

    @Test
    void try_that_all_together_have_not_costs_the_client_nothing() {
        granted(30, InMemoryAttemptLimiterTest::stranger);
        for (int i = 0; i < 50; i++) {
            limiter.reserve(stranger(4711));
        }
        pass(MINUTE.multipliedBy(5));

        assertEquals(5, granted(9, i -> stranger(4711)));
    }

    @Test
    void strangers_never_spend_what_holders_have_nor_the_other_way_round() {
        assertEquals(30, granted(1000, InMemoryAttemptLimiterTest::stranger));
        assertEquals(5, granted(9, i -> holder(1)));
        assertEquals(25, granted(1000, i -> holder(i + 2)));

        pass(MINUTE);
        assertEquals(1, granted(9, i -> holder(1)));
        assertEquals(1, granted(9, i -> stranger(4711)));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::9, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, ::ffff:192.0.2.1, true"
    })
    void ipv6_counts_by_its_first_64_bits(String one, String other, boolean same) {
        granted(5, i -> stranger(one));

        assertEquals(same ? 0 : 5, granted(9, i -> stranger(other)));
    }

    @Test
    void right_pins_cost_nothing() {
        for (int i = 0; i < 1000; i++) {
            assertTrue(limiter.reserve(stranger(1)).isEmpty());
            limiter.giveBack(stranger(1));
        }

        assertEquals(5, granted(9, i -> stranger(1)));
        assertEquals(25, granted(1000, i -> stranger(i + 2)));
    }

    @Test
    void try_given_back_is_one_try_more_and_not_all() {
        granted(3, i -> stranger(1));
        limiter.giveBack(stranger(1));

        assertEquals(3, granted(9, i -> stranger(1)));
    }

    @Test
    void try_given_back_late_leaves_no_more_than_a_full_budget() {
        limiter.reserve(stranger(1));
        pass(MINUTE.multipliedBy(100));
        limiter.giveBack(stranger(1));

        assertEquals(5, granted(9, i -> stranger(1)));
        assertEquals(25, granted(1000, i -> stranger(i + 2)));
    }

    @Test
    void clock_that_is_set_back_grants_nothing() {
        granted(5, i -> stranger(1));
        pass(Duration.ofHours(-1));
        assertEquals(Optional.of(MINUTE), limiter.reserve(stranger(1)));

        pass(Duration.ofHours(1).plus(MINUTE));
        assertEquals(1, granted(9, i -> stranger(1)));
    }

    /** Whatever the pauses: never more than the budget of any span of time, and a wait that was waited is enough. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tries_never_outrun_the_count_whatever_the_times(long seed) {
        Random random = new Random(seed);
        List<Long> grants = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Optional<Duration> wait = limiter.reserve(stranger(7));
            if (wait.isEmpty()) {
                grants.add(nanos);
            } else if (random.nextInt(4) == 0) {
                pass(wait.get());
                assertEquals(Optional.empty(), limiter.reserve(stranger(7)));
                grants.add(nanos);
            }
            nanos += random.nextLong(40_000_000_000L);
        }
        for (int first = 0; first + 5 < grants.size(); first++) {
            for (int last = first + 5; last < Math.min(grants.size(), first + 60); last++) {
                long minutes = (grants.get(last) - grants.get(first)) / MINUTE.toNanos();
                assertTrue(last - first + 1 <= 5 + minutes, "tries " + first + " to " + last);
            }
        }
    }

    @Test
    void memory_is_bounded_under_a_million_addresses() {
        int most = 0;
        for (int i = 0; i < 1_000_000; i++) {
            nanos += 1_000_000_000L;
            boolean right = limiter.reserve(stranger(i)).isEmpty() && i % 3 == 0;
            if (right) {
                limiter.giveBack(stranger(i));
            }
            limiter.reserve(holder(i));
            most = Math.max(most, limiter.remembered());
        }
        assertTrue(most > 2 && most < 100, most + " entries");
    }

    @Test
    void refused_clients_are_not_remembered() {
        granted(1000, InMemoryAttemptLimiterTest::stranger);
        assertEquals(30, limiter.remembered());
        limiter.reserve(holder(1));
        assertEquals(31, limiter.remembered());

        pass(MINUTE);
        limiter.reserve(stranger(1));
        limiter.reserve(holder(1));
        assertEquals(2, limiter.remembered());
    }

    @Test
    void tries_at_the_same_time_do_not_outrun_the_count() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Integer>> attacks = new ArrayList<>();
            for (int client = 0; client < 16; client++) {
                int number = client;
                attacks.add(() -> granted(500, i -> stranger(number / 8)));
                attacks.add(() -> granted(500, i -> holder(i)));
            }
            int granted = 0;
            for (Future<Integer> attack : clients.invokeAll(attacks)) {
                granted += attack.get();
            }
            assertEquals(2 * 5 + 30, granted);
        } finally {
            clients.shutdownNow();
        }
    }
}
