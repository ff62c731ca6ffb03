package io.pingate;

import java.time.Instant;

/** Where it is kept which links were used: the port of those that sign in once. Safe for use by many threads. */
public interface UsedLinks {
    /** What becomes of a use. */
    enum Use {
        /** It is the first, and will be known from now on, whatever happens to this process. */
        FIRST,
        /** There was one before. */
        AGAIN,
        /** It can't be kept, so it must not count. */
        NOT_KEPT
    }

    /**
     * Uses a link. Of many at the same time, in all gates of the same keys, one is the first. It may take a while.
     *
     * @param link the link
     * @param now the present time
     * @return what becomes of it
     */
    Use use(SignInLink link, Instant now);
}
