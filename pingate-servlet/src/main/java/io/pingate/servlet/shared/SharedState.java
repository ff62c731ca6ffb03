package io.pingate.servlet.shared;

import io.pingate.AttemptLimiter;
import io.pingate.UsedLinks;
import io.pingate.servlet.state.Elsewhere;
import io.pingate.servlet.state.Epoch;
import java.io.IOException;

/**
 * What a gate shares with those on other machines. Nothing is connected before {@link #join}, nor after {@link #leave}; as a
 * command does, {@link Elsewhere} connects for as long as it takes.
 *
 * <p>When the store can't be reached, less is permitted than otherwise, never more. Thread-safe.
 */
public interface SharedState extends Elsewhere {
    /** {@return where tries at the PIN are counted, for all of them} */
    AttemptLimiter limiter();

    /**
     * Says where it is kept which links were used, for all of them.
     *
     * @param kept where this gate keeps it for itself, which goes on
     * @return both together
     */
    UsedLinks usedLinks(UsedLinks kept);

    /**
     * Begins to hear from the others, and to tell them.
     *
     * @param epoch takes up what they say
     * @throws IOException when it can't be known whether everybody was signed out, so that this gate must not open: none of
     *     the others can be heard, and none ever was; its message says so, without a secret
     */
    void join(Epoch epoch) throws IOException;

    /** Ends what {@link #join} has begun; no thread of it is left. */
    void leave();
}
