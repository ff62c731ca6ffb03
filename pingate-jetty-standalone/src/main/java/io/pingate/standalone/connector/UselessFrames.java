package io.pingate.standalone.connector;

import java.time.Duration;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.io.WindowRateControl;

/**
 * Limits the frames of an HTTP/2 client that cost work and bring nothing: beyond so many a second, Jetty ends the connection
 * with ENHANCE_YOUR_CALM.
 *
 * <p>Jetty counts two kinds among them that every client sends in good faith, since it learns of a stream's end only when
 * the frame that says so has arrived (RFC 9113 section 5.1): WINDOW_UPDATE for an answer that has ended, about one for each
 * longer answer, and DATA of an upload that was answered early. A proxy that has all its users on one connection would lose
 * it under load. They are dropped as cheaply as frames of streams that go on are taken, and DATA obeys flow control, so that
 * they need no limit.
 */
final class UselessFrames implements RateControl {
    private static final int A_SECOND = 128;

    /** Set while this thread resets a stream by no fault of the client. */
    private static final ThreadLocal<Boolean> BLAMELESS = ThreadLocal.withInitial(() -> false);

    private final RateControl others = new WindowRateControl(A_SECOND, Duration.ofSeconds(1));

    @Override
    public boolean onEvent(Object event) {
        return isLate(event) || isOwn(event) || others.onEvent(event);
    }

    /** Resets a stream whose answer was whole. Jetty counts its own resets too, since a client can provoke others. */
    static void resetBlamelessly(Runnable reset) {
        BLAMELESS.set(true);
        try {
            reset.run();
        } finally {
            BLAMELESS.remove();
        }
    }

    private static boolean isOwn(Object event) {
        return event instanceof ResetFrame && BLAMELESS.get();
    }

    /** An update by nothing and DATA of no bytes are no such frames, whatever the stream. */
    private static boolean isLate(Object event) {
        return (event instanceof WindowUpdateFrame update && update.getWindowDelta() > 0)
                || (event instanceof DataFrame data && data.flowControlLength() > 0);
    }
}
