package io.pingate.servlet.throttle;

import java.time.Duration;

/**
 * What one kind of guessers has.
 *
 * @param each one of them
 * @param all of them together
 */
public record Allowances(Allowance each, Allowance all) {
    /** Enough for people who mistype a PIN, and for nobody who looks for one. */
    public static final Allowances USUAL =
            new Allowances(new Allowance(5, 1, Duration.ofMinutes(1)), new Allowance(30, 60, Duration.ofHours(1)));

    /**
     * For a gate that can't see what is tried at others: five such gates together let through what one does, so that it is of
     * no use to keep them from seeing each other.
     */
    public static final Allowances CUT_OFF =
            new Allowances(new Allowance(2, 1, Duration.ofMinutes(5)), new Allowance(6, 12, Duration.ofHours(1)));

    /** {@return how many come back in an hour for all together} */
    public int allAnHour() {
        return (int) (all.more() * Duration.ofHours(1).dividedBy(all.period()));
    }
}
