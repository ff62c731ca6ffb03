package io.pingate;

import io.pingate.http.IpAddress;
import java.time.Instant;

/** Whom a try at the PIN is counted against. */
public sealed interface AttemptSource {
    /**
     * Somebody who proves nothing.
     *
     * @param client the client's address
     */
    record Stranger(IpAddress client) implements AttemptSource {}

    /**
     * A browser with an authentic cookie, expired or not: whoever uses it has known the PIN. It is told apart by what
     * nobody can choose without the key, so that strangers can't spend its tries.
     *
     * @param expiresAt when its cookie expires, or did
     */
    record Holder(Instant expiresAt) implements AttemptSource {}
}
