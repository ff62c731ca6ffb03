package io.pingate.servlet.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

/** A timer for each class of status codes. */
final class ResponseTimes {
    /** From a file on the same machine to a language model that thinks for minutes. */
    static final Duration[] BUCKETS = Stream.of(
                    "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10",
                    "30", "60", "300")
            .map(seconds -> Duration.parse("PT" + seconds + "S"))
            .toArray(Duration[]::new);

    private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx", "other"};

    private final Timer[] timers;

    ResponseTimes(Function<String, Timer> timer) {
        timers = Stream.of(CLASSES).map(timer).toArray(Timer[]::new);
    }

    Timer of(int status) {
        int hundreds = status / 100;
        return timers[hundreds >= 1 && hundreds <= 5 ? hundreds - 1 : timers.length - 1];
    }
}
