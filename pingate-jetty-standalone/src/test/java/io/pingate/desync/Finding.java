package io.pingate.desync;

/**
 * Something that must not happen.
 *
 * @param after how many exchanges had been begun
 * @param seconds since the hunt's start
 * @param what in words
 * @param exchange whose connection or answer it was, "" when that isn't known
 * @param bytes the last bytes of the connection, readable
 */
record Finding(Breach breach, int after, double seconds, String what, String exchange, String bytes) {
    @Override
    public String toString() {
        return "%s (%s) after %d exchanges, %.1f s%n  %s%n  exchange: %s%n  last bytes:%n%s%n"
                .formatted(breach, breach.words, after, seconds, what, exchange, bytes.indent(4));
    }
}
