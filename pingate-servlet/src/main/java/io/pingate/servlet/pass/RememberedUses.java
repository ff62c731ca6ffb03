package io.pingate.servlet.pass;

import io.pingate.SignInLink;
import io.pingate.UsedLinks;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Links that were used, as long as the process runs: enough where the key that signs them lives no longer. */
public final class RememberedUses implements UsedLinks {
    private static final int MOST = 1_000;

    private final Map<String, Instant> ends = new HashMap<>();
    private Instant ended = Instant.EPOCH;

    @Override
    public synchronized Use use(SignInLink link, Instant now) {
        ends.values().stream().filter(now::isAfter).max(Instant::compareTo).ifPresent(latest -> {
            // Should the clock be set back, what ended up to then stays at its end.
            ended = latest.isAfter(ended) ? latest : ended;
            ends.values().removeIf(end -> !end.isAfter(latest));
        });
        if (!link.expiresAt().isAfter(ended)) {
            return Use.AGAIN;
        }
        if (ends.size() >= MOST && !ends.containsKey(link.id())) {
            return Use.NOT_KEPT;
        }
        return ends.putIfAbsent(link.id(), link.expiresAt()) == null ? Use.FIRST : Use.AGAIN;
    }
}
