package io.pingate.standalone.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An event stream that tells the time every second, until its reader leaves. */
final class ClockServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient CountDownLatch stopped = new CountDownLatch(1);

    /** Lets all streams end. */
    void stop() {
        stopped.countDown();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        PrintWriter events = response.getWriter();
        try {
            Instant now;
            do {
                now = Instant.now();
                events.write("data: " + now.truncatedTo(ChronoUnit.MILLIS) + "\n\n");
                // checkError sends what was written, and tells whether the reader is still there.
            } while (!events.checkError() && !stopped.await(1000 - now.toEpochMilli() % 1000, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
