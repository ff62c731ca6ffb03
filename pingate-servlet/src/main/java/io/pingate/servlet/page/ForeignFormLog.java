package io.pingate.servlet.page;

import io.pingate.Decision;
import io.pingate.servlet.log.LogText;
import io.pingate.servlet.rate.LogLimit;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the log, once a minute at most, which field shut a form of the gate's out. Mostly it is no attack: a proxy before
 * the gate doesn't pass the Host that the browser sent, and nobody can sign in.
 */
public final class ForeignFormLog {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final LogLimit limit;
    private final Consumer<String> log;

    public ForeignFormLog(LongSupplier nanoTime, Consumer<String> log) {
        this.limit = new LogLimit(PERIOD, nanoTime);
        this.log = log;
    }

    /** Tells of a form, if it was one of those that were refused for where they come from. */
    public void note(Decision decision) {
        if (decision instanceof Decision.ForeignForm form) {
            refused(form);
        }
    }

    void refused(Decision.ForeignForm form) {
        OptionalLong before = limit.admit();
        if (before.isPresent()) {
            log.accept("A form of the gate's own was refused: " + mismatch(form) + " (" + before.getAsLong()
                    + " more since the last such line)");
        }
    }

    private static String mismatch(Decision.ForeignForm form) {
        String field = "its " + form.field() + " is " + LogText.quoted(form.value());
        return form.field().equals("Origin")
                ? field + ", but the Host is " + LogText.quoted(form.host())
                        + ". If you sent it, let the proxy before the gate pass Host as the browser sent it."
                : field + ", so a page of another site sent it.";
    }
}
