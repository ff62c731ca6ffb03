package io.pingate.servlet.log;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log of a {@link LineWriter}. Any thread may write to it; none of them waits, and none hears of a full disk. */
public final class LineLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineLog.class);
    private static final long LAST_LINES_SECONDS = 2;

    private final LineWriter writer;
    private final String name;
    private final LogTarget target;
    private final LongFunction<List<String>> leftOutLines;
    private final LongSupplier nanoTime;
    private final AtomicLong leftOut = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;

    /** How many characters wait to be written. */
    final AtomicInteger waiting = new AtomicInteger();

    // Of the writer's thread alone.
    private boolean failing;
    private boolean told;
    private long toldAt;

    LineLog(
            LineWriter writer,
            String name,
            LogTarget target,
            LongFunction<List<String>> leftOutLines,
            LongSupplier nanoTime) {
        this.writer = writer;
        this.name = name;
        this.target = target;
        this.leftOutLines = leftOutLines;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes a line, if there is room for it; else it counts as left out.
     *
     * @param line visible ASCII, without its end
     */
    public void write(String line) {
        write(line, false);
    }

    /**
     * Writes a line for which some room is kept.
     *
     * @param line visible ASCII, without its end
     */
    public void writeOwed(String line) {
        write(line, true);
    }

    private void write(String line, boolean owed) {
        if (!closed && !writer.offer(this, line, owed)) {
            leaveOut();
        }
    }

    /** Counts a line that isn't written, since there were too many like it. */
    public void leaveOut() {
        leftOut.incrementAndGet();
    }

    void put(List<String> lines) {
        try {
            target.write(lines);
            if (failing) {
                failing = false;
                // What was lost is told at once.
                told = false;
                LOG.info("{} is written again", name);
            }
        } catch (IOException | RuntimeException e) {
            leftOut.addAndGet(lines.size());
            if (!failing) {
                failing = true;
                LOG.warn("{} can't be written, and its lines are lost until it can: {}", name, e.toString());
            }
        }
    }

    /** Once a minute, unless it is the end. */
    void tellLeftOut() {
        boolean due = !told || nanoTime.getAsLong() - toldAt >= LineWriter.TELL.toNanos();
        if (due && !failing && leftOut.get() > 0) {
            told = true;
            toldAt = nanoTime.getAsLong();
            long count = leftOut.getAndSet(0);
            List<String> lines = leftOutLines.apply(count);
            if (!lines.isEmpty()) {
                put(lines);
            }
        }
    }

    void ended() {
        told = false;
        tellLeftOut();
        target.close();
        ended.countDown();
    }

    /** Writes what is waiting, for two seconds at most; what comes later is not written. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.end(this);
        try {
            if (ended.await(LAST_LINES_SECONDS, TimeUnit.SECONDS)) {
                writer.awaitEnd(TimeUnit.SECONDS.toMillis(LAST_LINES_SECONDS));
            } else {
                LOG.warn("{} takes too long to be written: its last lines are lost", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
