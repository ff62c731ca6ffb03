package io.pingate.standalone;

/** Whoever may sit before this program. */
final class Terminal {
    private Terminal() {}

    // Null still means that nobody sits at a terminal: Main has seen to it.
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        return System.console() != null;
    }

    /** Whether colours are welcome (no-color.org). */
    static boolean takesColours() {
        return System.getenv("NO_COLOR") == null;
    }
}
