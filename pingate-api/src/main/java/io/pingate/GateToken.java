package io.pingate;

import java.time.Instant;

/**
 * What a cookie proves: that its holder knew the PIN, or had a link, until it expires.
 *
 * @param expiresAt the first moment, in whole seconds, at which it proves nothing any more
 * @param guest whether it came by a guest's link: then nothing prolongs it
 */
public record GateToken(Instant expiresAt, boolean guest) {
    /**
     * A session that began with the PIN.
     *
     * @param expiresAt its end
     */
    public GateToken(Instant expiresAt) {
        this(expiresAt, false);
    }
}
