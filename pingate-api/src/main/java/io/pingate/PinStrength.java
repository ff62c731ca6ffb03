package io.pingate;

import io.pingate.http.syntax.Ascii;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * What a PIN withstands, by the throttle's budget of all clients together. It supposes that the PIN was drawn at random
 * among all of its length and kinds of characters; a birthday falls sooner.
 *
 * @param guessesADay how many tries the throttle grants in a day
 * @param daysToHalf days until half of all such PINs are tried; empty when only the PIN's hash is known
 */
public record PinStrength(long guessesADay, OptionalDouble daysToHalf) {
    /**
     * Reckons.
     *
     * @param pin the PIN
     * @param triesAtOnce the tries that the throttle grants at once
     * @param triesAnHour the tries that it grants in each hour after
     * @return what the PIN withstands
     */
    public static PinStrength of(Pin pin, int triesAtOnce, int triesAnHour) {
        long guessesADay = triesAnHour * 24L;
        OptionalDouble daysToHalf = pin.space().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, pin.space().getAsDouble() / 2 - triesAtOnce) / guessesADay);
        return new PinStrength(guessesADay, daysToHalf);
    }

    static double space(String pin) {
        int kinds = 0;
        kinds += has(pin, c -> c >= '0' && c <= '9') ? 10 : 0;
        kinds += has(pin, c -> c >= 'a' && c <= 'z') ? 26 : 0;
        kinds += has(pin, c -> c >= 'A' && c <= 'Z') ? 26 : 0;
        kinds += has(pin, PinStrength::isOtherAscii) ? 33 : 0;
        kinds += has(pin, c -> c > '~') ? 100 : 0;
        return Math.pow(kinds, pin.codePointCount(0, pin.length()));
    }

    private static boolean has(String pin, IntPredicate kind) {
        return pin.codePoints().anyMatch(kind);
    }

    private static boolean isOtherAscii(int c) {
        return c <= '~' && !Ascii.isAlphanumeric(c);
    }
}
