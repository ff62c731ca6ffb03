package io.pingate.servlet.page;

import io.pingate.http.InvalidValueException;

/**
 * What the gate's pages say of the tool behind it.
 *
 * @param title the tool's name; empty for the host by which it was asked for
 * @param welcome a line below the heading; empty for the usual words
 * @param logo the value of a picture's {@code src}; empty for the gate's own picture
 */
public record Facts(String title, String welcome, String logo) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts("", "", "");

    private static final int MAX_TITLE = 60;
    private static final int MAX_WELCOME = 200;

    /**
     * Takes a tool's name.
     *
     * @throws IllegalArgumentException when it is no line of 1 to 60 characters
     */
    public static String title(String text) {
        return line("title", text, MAX_TITLE);
    }

    /**
     * Takes words of welcome.
     *
     * @throws IllegalArgumentException when they are no line of 1 to 200 characters
     */
    public static String welcome(String text) {
        return line("welcome", text, MAX_WELCOME);
    }

    private static String line(String name, String text, int max) {
        if (text.isBlank() || text.length() > max || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(name, "must be one line of 1 to " + max + " characters");
        }
        return text;
    }
}
