package io.pingate.standalone.connector;

import java.time.Duration;

/**
 * How long a client's connection may take for what.
 *
 * @param head from the connection's acceptance, or the first byte of a later request, to the end of the request's head,
 *     however it comes
 * @param stall without a byte, within a request that the gate has not let in
 * @param idle between requests; longer than what proxies in front of the gate keep a connection for (Cloudflare's tunnel
 *     90 s, Caddy 120 s), so that it is they who close it: who sends a request into a connection that the other side is
 *     just closing has to guess whether it was heard (RFC 9112 section 9.5)
 */
public record ConnectionLimits(Duration head, Duration stall, Duration idle) {
    /** What the gate goes by. */
    public static final ConnectionLimits USUAL =
            new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(130));
}
