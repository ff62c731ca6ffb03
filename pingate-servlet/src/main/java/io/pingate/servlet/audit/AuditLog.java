package io.pingate.servlet.audit;

import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.event.GateListener;
import io.pingate.servlet.log.LineLog;
import io.pingate.servlet.log.LogFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/** Writes a line for each sign-in, refusal and sign-out. */
public final class AuditLog implements GateListener, AutoCloseable {
    private final LineLog log;
    private final LogFormat format;
    private final AuditLimits limits;

    AuditLog(LineLog log, LogFormat format, LongSupplier nanoTime) {
        this.log = log;
        this.format = format;
        this.limits = new AuditLimits(nanoTime);
    }

    @Override
    public void noted(GateEvent event) {
        switch (limits.of(event)) {
            case WRITTEN -> write(event);
            case LEFT_OUT -> log.leaveOut();
            case KNOWN -> {}
        }
    }

    private void write(GateEvent event) {
        String line = line(format, event);
        if (AuditLimits.isOwed(event.kind())) {
            log.writeOwed(line);
        } else {
            log.write(line);
        }
    }

    /** What a stranger chooses comes last, and the client first: a rule for a ban needs no more than the line's beginning. */
    static String line(LogFormat format, GateEvent event) {
        LogFormat.Line line = begin(format, event.time(), event.kind().label(), outcome(event.kind()));
        GateEvent.Sender from = event.from();
        if (from != null) {
            line.with("client", from.client().toString());
        }
        line.with(event.kind() == GateEvent.Kind.TOKEN ? "token" : "reason", event.detail());
        if (from != null) {
            line.with("method", from.method()).with("path", from.path()).with("user_agent", from.userAgent());
        }
        return line.toString();
    }

    static String leftOut(LogFormat format, Instant now, long count) {
        return begin(format, now, "left-out", "counted").with("count", count).toString();
    }

    private static LogFormat.Line begin(LogFormat format, Instant time, String event, String outcome) {
        return format.line()
                .with("time", time.truncatedTo(ChronoUnit.MILLIS).toString())
                .with("event", event)
                .with("outcome", outcome);
    }

    private static String outcome(GateEvent.Kind kind) {
        return switch (kind) {
            case SIGN_IN, LINK, TOKEN -> "granted";
            case SIGN_OUT, SIGN_OUT_ALL -> "done";
            case WRONG_PIN, THROTTLED, REFUSED, TOKEN_REFUSED, LINK_REFUSED -> "denied";
        };
    }

    @Override
    public void close() {
        log.close();
    }
}
