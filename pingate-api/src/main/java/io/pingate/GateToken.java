package io.pingate;

import java.time.Instant;

/**
 * What a cookie proves: that its holder knew the PIN, until it expires.
 *
 * @param expiresAt the first moment, in whole seconds, at which it proves nothing any more
 */
record GateToken(Instant expiresAt) {}
