package io.pingate.servlet.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of some logs on one thread, so that nobody waits for a disk or a terminal. What waits to be written is
 * bounded for each of them, so that a flood in one is none in another; what doesn't fit is counted, and told. The thread
 * begins with the first line, and ends with the last log: an undeployed webapp leaves none behind.
 */
public final class LineWriter {
    /** How much of each log may wait; half as much again for lines that must not be lost to a flood of others. */
    static final int MAX_CHARS = 1 << 20;

    /** How often a log tells how much it has left out. */
    static final Duration TELL = Duration.ofMinutes(1);

    private static final int AT_ONCE = 256;

    private final LinkedBlockingQueue<Line> waiting = new LinkedBlockingQueue<>();
    private final List<LineLog> logs = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    /** The thread, also while it ends. */
    private volatile @Nullable Thread last;

    /** A line of a log; without a text, the log's end. */
    private record Line(LineLog log, @Nullable String text) {}

    /**
     * Opens a log.
     *
     * @param name what it is called where something has to be said of it
     * @param place where it goes
     * @param leftOut makes the lines that tell how many were left out; none where it tells that elsewhere
     * @return the log, which has to be closed
     */
    public LineLog open(String name, LogPlace place, LongFunction<List<String>> leftOut) {
        return open(name, place.target(), leftOut);
    }

    synchronized LineLog open(String name, LogTarget target, LongFunction<List<String>> leftOut) {
        LineLog log = new LineLog(this, name, target, leftOut, System::nanoTime);
        logs.add(log);
        return log;
    }

    /** {@return whether there was room for the line} */
    boolean offer(LineLog log, String text, boolean owed) {
        int limit = owed ? MAX_CHARS + MAX_CHARS / 2 : MAX_CHARS;
        if (log.waiting.addAndGet(text.length()) > limit) {
            log.waiting.addAndGet(-text.length());
            return false;
        }
        put(new Line(log, text));
        return true;
    }

    /** Ends a log when all that was written to it before is there. */
    void end(LineLog log) {
        put(new Line(log, null));
    }

    /** Waits for the thread to be gone, if that was the last log: a container looks for threads that a webapp leaves. */
    void awaitEnd(long millis) throws InterruptedException {
        Thread writer = last;
        if (writer != null && logs.isEmpty()) {
            writer.join(millis);
        }
    }

    private void put(Line line) {
        waiting.add(line);
        if (thread == null) {
            begin();
        }
    }

    private synchronized void begin() {
        if (thread == null) {
            Thread writer = new Thread(this::write, "pingate-log");
            writer.setDaemon(true);
            thread = writer;
            last = writer;
            writer.start();
        }
    }

    private void write() {
        List<Line> some = new ArrayList<>(AT_ONCE);
        while (!isOver()) {
            try {
                Line first = waiting.poll(TELL.toNanos(), TimeUnit.NANOSECONDS);
                if (first != null) {
                    some.add(first);
                    waiting.drainTo(some, AT_ONCE - 1);
                }
            } catch (InterruptedException e) {
                // Nobody's business but this class's: the thread ends with the last log.
                continue;
            }
            write(some);
            some.clear();
            logs.forEach(LineLog::tellLeftOut);
        }
    }

    /** Under the lock, so that a log that is opened meanwhile finds no thread, or one that goes on. */
    private synchronized boolean isOver() {
        boolean over = logs.isEmpty() && waiting.isEmpty();
        if (over) {
            thread = null;
        }
        return over;
    }

    private void write(List<Line> some) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Line line = some.get(i);
            if (line.text() != null) {
                line.log().waiting.addAndGet(-line.text().length());
                texts.add(line.text());
            }
            boolean last = i + 1 == some.size() || some.get(i + 1).log() != line.log() || line.text() == null;
            if (last && !texts.isEmpty()) {
                line.log().put(texts);
                texts.clear();
            }
            if (line.text() == null) {
                logs.remove(line.log());
                line.log().ended();
            }
        }
    }
}
