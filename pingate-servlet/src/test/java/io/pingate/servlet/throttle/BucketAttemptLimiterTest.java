package io.pingate.servlet.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.TimeMeter;
import io.pingate.AttemptSource;
import io.pingate.http.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketAttemptLimiterTest {
    private final Time time = new Time();
    private final List<String> log = new ArrayList<>();
    private final BucketAttemptLimiter limiter = new BucketAttemptLimiter(Allowances.USUAL, time, log::add);

    @Test
    void client_has_five_tries_and_then_one_a_minute() {
        assertEquals(5, tries("203.0.113.1", 10));
        assertEquals(Optional.of(Duration.ofMinutes(1)), reserve("203.0.113.1"));
        time.pass(Duration.ofSeconds(59));
        assertEquals(Optional.of(Duration.ofSeconds(1)), reserve("203.0.113.1"));
        time.pass(Duration.ofSeconds(1));
        assertEquals(1, tries("203.0.113.1", 10));
        time.pass(Duration.ofHours(1));
        assertEquals(5, tries("203.0.113.1", 10));
    }

    @Test
    void tries_left_are_those_that_would_be_granted_when_asked() {
        assertEquals(5, limiter.triesLeft(stranger("203.0.113.1")));
        tries("203.0.113.1", 2);
        assertEquals(3, limiter.triesLeft(stranger("203.0.113.1")));
        tries("203.0.113.1", 10);
        assertEquals(0, limiter.triesLeft(stranger("203.0.113.1")));
        time.pass(Duration.ofMinutes(1));
        assertEquals(1, limiter.triesLeft(stranger("203.0.113.1")));
        assertEquals(5, limiter.triesLeft(stranger("203.0.113.2")));
        triesOfMany(30);
        assertEquals(0, limiter.triesLeft(stranger("203.0.113.2")));
        assertEquals(5, limiter.triesLeft(new AttemptSource.Holder(Instant.EPOCH)));
    }

    @Test
    void client_is_not_held_up_when_another_one_is() {
        assertEquals(5, tries("203.0.113.1", 10));
        assertEquals(5, tries("203.0.113.2", 10));
    }

    @Test
    void try_does_not_count_when_given_back() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Optional.empty(), reserve("203.0.113.1"));
            limiter.giveBack(stranger("203.0.113.1"));
        }
        assertEquals(5, tries("203.0.113.1", 10));
    }

    @Test
    void budget_does_not_grow_when_given_back_late() {
        reserve("203.0.113.1");
        time.pass(Duration.ofHours(1));
        reserve("203.0.113.9");
        limiter.giveBack(stranger("203.0.113.1"));
        assertEquals(5, tries("203.0.113.1", 10));
    }

    @Test
    void addresses_are_one_client_when_in_one_v6_network() {
        assertEquals(3, tries("2001:db8::1", 3));
        assertEquals(2, tries("2001:db8::ffff:ffff:ffff:ffff", 10));
        assertEquals(5, tries("2001:db8:0:1::1", 10));
    }

    @Test
    void all_clients_have_thirty_tries_and_then_sixty_an_hour() {
        assertEquals(30, triesOfMany(100));
        time.pass(Duration.ofHours(1));
        // The bucket holds 30, so an attacker who pauses doesn't gather more.
        assertEquals(30, triesOfMany(100));
        int inAnHour = 0;
        for (int minute = 0; minute < 60; minute++) {
            time.pass(Duration.ofMinutes(1));
            inAnHour += triesOfMany(10);
        }
        assertEquals(60, inAnHour);
    }

    @Test
    void client_keeps_its_tries_when_the_common_budget_is_spent() {
        triesOfMany(30);
        assertEquals(Optional.of(Duration.ofMinutes(1)), reserve("203.0.113.1"));
        time.pass(Duration.ofMinutes(5));
        assertEquals(5, tries("203.0.113.1", 10));
    }

    @Test
    void holder_of_a_cookie_is_not_held_up_when_strangers_spent_all_they_have() {
        triesOfMany(100);
        AttemptSource holder = new AttemptSource.Holder(Instant.EPOCH);
        for (int i = 0; i < 5; i++) {
            assertEquals(Optional.empty(), limiter.reserve(holder));
        }
        assertEquals(Optional.of(Duration.ofMinutes(1)), limiter.reserve(holder));
        limiter.giveBack(holder);
        assertEquals(Optional.empty(), limiter.reserve(holder));
    }

    @Test
    void holders_share_a_budget_when_they_are_many() {
        long granted = IntStream.range(0, 100)
                .filter(i -> limiter.reserve(new AttemptSource.Holder(Instant.ofEpochSecond(i)))
                        .isEmpty())
                .count();
        assertEquals(30, granted);
        assertEquals(5, tries("203.0.113.1", 10));
    }

    @Test
    void log_says_once_an_hour_that_nobody_new_gets_in_when_strangers_spent_all_they_have() {
        reserve("203.0.113.1");
        limiter.giveBack(stranger("203.0.113.1"));
        tries("203.0.113.1", 100);
        assertEquals(List.of(), log, "one client's own affair");
        triesOfMany(25);
        assertEquals(List.of(), log, "nobody was turned away");
        triesOfMany(10);
        assertEquals(1, log.size());
        assertTrue(log.get(0).contains("browsers that were never signed in share"), log::toString);
        assertTrue(log.get(0).contains(" 30 wrong, 1 turned away"), log::toString);
        time.pass(Duration.ofMinutes(59));
        triesOfMany(31);
        assertEquals(1, log.size());
        time.pass(Duration.ofMinutes(1));
        triesOfMany(2);
        assertTrue(log.get(1).contains(" 31 wrong, 11 turned away"), log::toString);
        assertEquals(2, log.size());
    }

    @Test
    void log_says_so_when_holders_spent_all_they_have() {
        for (int i = 0; i < 31; i++) {
            limiter.reserve(new AttemptSource.Holder(Instant.ofEpochSecond(i)));
        }
        assertEquals(1, log.size());
        assertTrue(log.get(0).contains("browsers that were signed in once share"), log::toString);
    }

    @Test
    void memory_stays_small_when_many_addresses_try() {
        int most = 0;
        for (int i = 0; i < 10_000; i++) {
            limiter.reserve(new AttemptSource.Stranger(new IpAddress(true, i, 1)));
            time.pass(Duration.ofSeconds(1));
            most = Math.max(most, limiter.remembered());
        }
        assertTrue(most <= 40, "remembered " + most);
    }

    private int triesOfMany(int clients) {
        int granted = 0;
        for (int i = 0; i < clients; i++) {
            granted += limiter.reserve(new AttemptSource.Stranger(new IpAddress(true, i, 1)))
                            .isEmpty()
                    ? 1
                    : 0;
        }
        return granted;
    }

    private int tries(String client, int times) {
        int granted = 0;
        for (int i = 0; i < times; i++) {
            granted += reserve(client).isEmpty() ? 1 : 0;
        }
        return granted;
    }

    private Optional<Duration> reserve(String client) {
        return limiter.reserve(stranger(client));
    }

    private static AttemptSource stranger(String address) {
        return new AttemptSource.Stranger(IpAddress.parse(address).orElseThrow());
    }

    /** Stands still until told otherwise. */
    private static final class Time implements TimeMeter {
        private long nanos;

        void pass(Duration duration) {
            nanos += duration.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
