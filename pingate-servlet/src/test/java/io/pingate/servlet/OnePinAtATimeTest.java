package io.pingate.servlet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.Pin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnePinAtATimeTest {
    private static final String HASH =
            "pbkdf2-sha256:100000:OXO3IPXNqiuEjMJvOv1Xyw:" + "n093enERBY588ryFB170JUN-A_yxz6Xc1wxp2mzCuT4";

    @Test
    void compares_with_the_pin() {
        OnePinAtATime check = new OnePinAtATime();

        assertTrue(check.test(Pin.of("2580"), "2580"));
        assertFalse(check.test(Pin.of("2580"), "2581"));
    }

    @Test
    void hashes_one_try_at_a_time_when_many_come_at_once() {
        Pin pin = Pin.ofHash(HASH);
        OnePinAtATime check = new OnePinAtATime();
        List<Thread> tries = Stream.generate(() -> new Thread(() -> check.test(pin, "1234")))
                .limit(6)
                .toList();

        tries.forEach(Thread::start);

        while (tries.stream().anyMatch(Thread::isAlive)) {
            // A thread that was seen at work may have ended before the next was looked at: look twice.
            List<Thread> atWork =
                    tries.stream().filter(OnePinAtATimeTest::isAtWork).toList();
            assertTrue(atWork.stream().filter(OnePinAtATimeTest::isAtWork).count() <= 1);
        }
    }

    private static boolean isAtWork(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("derive"));
    }
}
