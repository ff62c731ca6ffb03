package io.pingate.redis;

import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why something failed, as a line of the log or of a command can say it. */
final class Reason {
    private static final int LONGEST = 200;

    private Reason() {}

    /** What lies deepest: the libraries above wrap it several times. What the server said is shortened to a line. */
    static String of(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = message(deepest);
        String line = message.replaceAll("[^ -~].*", "");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    private static String message(Throwable fault) {
        if (fault instanceof TimeoutException || fault instanceof io.github.bucket4j.TimeoutException) {
            return "no answer within " + RedisLink.PATIENCE.toMillis() + " ms";
        }
        @Nullable String message = fault.getMessage();
        return message == null ? fault.getClass().getSimpleName() : message;
    }
}
