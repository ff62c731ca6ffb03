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
     * Takes one try from the client's budget and from everybody's.
     *
     * @param client the client's address; the implementation counts IPv6 by /64
     * @return empty when granted, else how long to wait at least; nothing is taken then
     */
    Optional<Duration> reserve(IpAddress client);

    /**
     * Returns a try that was granted, since the PIN was right.
     *
     * @param client the address that was passed to {@link #reserve}
     */
    void giveBack(IpAddress client);
}
