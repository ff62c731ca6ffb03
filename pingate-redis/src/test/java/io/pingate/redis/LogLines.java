package io.pingate.redis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the log says from now on, of one store. */
final class LogLines extends Handler implements AutoCloseable {
    /** Held: the log's own memory of it is a weak one. */
    private static final Logger LOGGER = Logger.getLogger("io.pingate.redis");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final int port;

    LogLines(int port) {
        this.port = port;
        LOGGER.addHandler(this);
    }

    @Override
    public void publish(LogRecord event) {
        String line = new java.util.logging.SimpleFormatter().formatMessage(event);
        if (line.contains(":" + port)) {
            lines.add(line);
        }
    }

    long containing(String words) {
        return lines.stream().filter(line -> line.contains(words)).count();
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
