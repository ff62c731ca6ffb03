package io.pingate;

import java.time.Duration;
import java.util.Optional;

/**
 * Where tries are counted: the port of the throttle.
 *
 * <p>A try is reserved before the PIN is looked at and given back when it was right: so only wrong PINs count, and any
 * number of tries at the same time can't outrun the count. Implementations are safe for use by many threads.
 */
public interface AttemptLimiter {
    /**
     * Takes one try from the guesser's budget and from that of all its kind. Strangers never spend what holders have, or
     * an attacker could lock the owner out. It may take a while.
     *
     * @param guesser who tries; the implementation counts strangers' IPv6 by /64
     * @return empty when granted, else how long to wait at least; nothing is taken then
     */
    Optional<Duration> reserve(AttemptSource guesser);

    /**
     * Takes one try where nobody may be kept waiting: {@link #reserve} may ask another machine, and this may not. It is for
     * what no number of tries would find out, as a forged signature, and is never given back.
     *
     * @param guesser who tries
     * @return empty when granted, else how long to wait at least; nothing is taken then
     */
    default Optional<Duration> reserveAtOnce(AttemptSource guesser) {
        return reserve(guesser);
    }

    /**
     * Returns a try that was granted, since the PIN was right.
     *
     * @param guesser the one that was passed to {@link #reserve}
     */
    void giveBack(AttemptSource guesser);

    /**
     * Says how many tries would be granted at once now, so that whoever typed a wrong PIN can be told. Takes nothing;
     * others who share a budget may spend it in the meantime.
     *
     * @param guesser who asks
     * @return the guesser's own tries, or those of all its kind when they are fewer; 0 when the next one has to wait
     */
    int triesLeft(AttemptSource guesser);
}
