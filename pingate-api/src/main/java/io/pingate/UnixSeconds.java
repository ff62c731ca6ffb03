package io.pingate;

/** Moments as text, in one spelling for each: no sign, no leading zero, no digits of other scripts. */
final class UnixSeconds {
    private static final int MAX_DIGITS = 12;

    private UnixSeconds() {}

    /** Tells whether the first characters of a text are such a number; {@code Long.parseLong} then reads them. */
    static boolean begin(String text, int end) {
        if (end < 1 || end > MAX_DIGITS || (end > 1 && text.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
