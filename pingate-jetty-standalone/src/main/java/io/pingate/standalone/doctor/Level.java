package io.pingate.standalone.doctor;

/** How bad it is. */
enum Level {
    OK("ok", "32"),
    WARN("warn", "33"),
    FAIL("FAIL", "31"),
    SKIPPED("-", "2");

    /** What stands before the line, so that colour is never all that tells. */
    final String mark;

    /** ANSI's number of its colour. */
    final String colour;

    Level(String mark, String colour) {
        this.mark = mark;
        this.colour = colour;
    }
}
