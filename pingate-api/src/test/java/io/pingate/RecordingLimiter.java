package io.pingate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grants so many tries in all, and notes what it is asked. */
final class RecordingLimiter implements AttemptLimiter {
    static final Duration WAIT = Duration.ofSeconds(60);

    final List<String> calls = new ArrayList<>();
    private int left;

    RecordingLimiter(int tries) {
        this.left = tries;
    }

    @Override
    public Optional<Duration> reserve(AttemptSource guesser) {
        calls.add("reserve " + name(guesser));
        if (left == 0) {
            return Optional.of(WAIT);
        }
        left--;
        return Optional.empty();
    }

    @Override
    public void giveBack(AttemptSource guesser) {
        calls.add("giveBack " + name(guesser));
        left++;
    }

    @Override
    public int triesLeft(AttemptSource guesser) {
        return left;
    }

    private static String name(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger stranger
                ? stranger.client().toString()
                : guesser.toString();
    }
}
