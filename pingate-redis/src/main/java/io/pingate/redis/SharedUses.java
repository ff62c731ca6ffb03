package io.pingate.redis;

import io.pingate.SignInLink;
import io.pingate.UsedLinks;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Links that were used, at any of the gates. This one keeps them too: the store may lose what it held. */
final class SharedUses implements UsedLinks {
    /** Beyond the link's end, for machines whose clocks differ. */
    private static final Duration LONGER = Duration.ofDays(1);

    private final Store store;
    private final Keys keys;
    private final UsedLinks kept;

    SharedUses(Store store, Keys keys, UsedLinks kept) {
        this.store = store;
        this.keys = keys;
        this.kept = kept;
    }

    @Override
    public Use use(SignInLink used, Instant now) {
        Duration left = Duration.between(now, used.expiresAt());
        Duration whole =
                Duration.ofSeconds(left.isNegative() ? 0 : left.toSeconds()).plus(LONGER);
        try {
            if (!store.ask(link -> link.setOnce(keys.link(used.id()), whole))) {
                return Use.AGAIN;
            }
        } catch (IOException e) {
            return Use.NOT_KEPT;
        }
        return kept.use(used, now);
    }
}
