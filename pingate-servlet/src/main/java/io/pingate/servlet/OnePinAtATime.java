package io.pingate.servlet;

import io.pingate.Pin;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;

/**
 * One try at a time, in the order in which they came: with a hash each takes a good part of a second of CPU, and dozens at
 * once would leave nothing for those who are signed in.
 */
final class OnePinAtATime implements BiPredicate<Pin, String> {
    private final Lock turn = new ReentrantLock(true);

    @Override
    public boolean test(Pin pin, String typed) {
        turn.lock();
        try {
            return pin.matches(typed);
        } finally {
            turn.unlock();
        }
    }
}
