package io.pingate.servlet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLogTest {
    private static final int MANY = 10_000;
    private static final String LONG = "x".repeat(LineWriter.MAX_CHARS / 4);

    private final LineWriter writer = new LineWriter();
    private final Paper paper = new Paper();

    /** Keeps what is written, once it may be; and fails when it is told to. */
    private static final class Paper implements LogTarget {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch mayWrite = new CountDownLatch(1);
        private final CountDownLatch writing = new CountDownLatch(1);
        private final AtomicBoolean full = new AtomicBoolean();
        private volatile boolean closed;

        @Override
        public void write(List<String> some) throws IOException {
            writing.countDown();
            try {
                mayWrite.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (full.get()) {
                throw new IOException("no space left");
            }
            lines.addAll(some);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private LineLog open(Paper target) {
        return writer.open("A log", target, count -> List.of("left out: " + count));
    }

    @Test
    void lines_are_written_in_order_and_closing_waits_for_them() {
        paper.mayWrite.countDown();
        LineLog log = open(paper);
        List<String> wanted =
                IntStream.range(0, MANY).mapToObj(i -> "line " + i).toList();
        wanted.forEach(log::write);
        log.close();
        log.write("too late");

        assertEquals(wanted, paper.lines);
        assertTrue(paper.closed);
    }

    @Test
    void nobody_waits_and_what_has_no_room_is_counted_while_nothing_can_be_written() throws Exception {
        LineLog log = open(paper);
        log.write("first");
        paper.writing.await();
        for (int i = 0; i < 10; i++) {
            log.write(LONG);
        }
        // Half as much again is kept for what is owed.
        for (int i = 0; i < 5; i++) {
            log.writeOwed("owed " + i + LONG.substring(10));
        }
        paper.mayWrite.countDown();
        log.close();

        assertEquals("first", paper.lines.get(0));
        assertEquals(4, Collections.frequency(paper.lines, LONG));
        assertEquals(
                2, paper.lines.stream().filter(line -> line.startsWith("owed")).count());
        assertTrue(paper.lines.contains("left out: 9"));
    }

    @Test
    void flood_in_one_log_takes_no_room_from_another() throws Exception {
        Paper other = new Paper();
        LineLog flooded = open(paper);
        LineLog quiet = open(other);
        flooded.write("first");
        paper.writing.await();
        for (int i = 0; i < 10; i++) {
            flooded.write(LONG);
        }
        quiet.write("wrong-pin");
        paper.mayWrite.countDown();
        other.mayWrite.countDown();
        flooded.close();
        quiet.close();

        assertEquals(List.of("wrong-pin"), other.lines);
    }

    @Test
    void lines_of_a_full_disk_are_counted_and_told_when_there_is_room_again() throws Exception {
        paper.mayWrite.countDown();
        paper.full.set(true);
        LineLog log = open(paper);
        log.write("lost");
        assertTrue(Deadline.reached(Deadline.USUAL, () -> log.waiting.get() == 0));
        // Until it was counted, it is on its way.
        assertTrue(Deadline.reached(Deadline.USUAL, () -> {
            paper.full.set(false);
            log.write("kept");
            return paper.lines.contains("left out: 1");
        }));
        log.close();

        assertEquals("kept", paper.lines.get(0));
        assertFalse(paper.lines.contains("lost"));
    }

    @Test
    void what_was_left_out_is_told_at_once_and_then_at_the_end() throws Exception {
        paper.mayWrite.countDown();
        LineLog log = open(paper);
        log.leaveOut();
        log.leaveOut();
        log.write("one");
        assertTrue(Deadline.reached(Deadline.USUAL, () -> paper.lines.contains("left out: 2")));
        log.leaveOut();
        log.write("two");
        log.close();

        assertEquals(List.of("one", "left out: 2", "two", "left out: 1"), paper.lines);
    }

    @Test
    void thread_ends_with_the_last_log_and_begins_again_with_the_next() throws Exception {
        paper.mayWrite.countDown();
        for (String line : List.of("one", "two")) {
            LineLog log = open(paper);
            log.write(line);
            assertTrue(Deadline.reached(Deadline.USUAL, () -> paper.lines.contains(line)));
            log.close();
        }
        assertEquals(List.of("one", "two"), paper.lines);
    }

    @Test
    void closing_waits_no_longer_than_some_seconds_for_a_disk_that_stands_still() {
        LineLog log = open(paper);
        log.write("never written");
        log.close();

        assertEquals(List.of(), paper.lines);
        paper.mayWrite.countDown();
    }
}
