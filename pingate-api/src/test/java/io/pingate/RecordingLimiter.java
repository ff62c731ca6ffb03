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
    public Optional<Duration> reserve(IpAddress client) {
        calls.add("reserve " + client);
        if (left == 0) {
            return Optional.of(WAIT);
        }
        left--;
        return Optional.empty();
    }

    @Override
    public void giveBack(IpAddress client) {
        calls.add("giveBack " + client);
        left++;
    }
}
