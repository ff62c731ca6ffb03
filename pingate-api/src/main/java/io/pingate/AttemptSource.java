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
    record Stranger(IpAddress client) implements AttemptSource {
        private static final int V6_NETWORK_BITS = 64;

        /**
         * Says who is counted as one: whoever has an IPv6 address has all of its /64 (RFC 4291 section 2.5.4).
         *
         * @return the client's address; of IPv6 that of its network
         */
        public IpAddress network() {
            return client.v6() ? client.network(V6_NETWORK_BITS) : client;
        }
    }

    /**
     * A browser with an authentic cookie, expired or not: whoever uses it has known the PIN. It is told apart by what
     * nobody can choose without the key, so that strangers can't spend its tries.
     *
     * @param expiresAt when its cookie expires, or did
     */
    record Holder(Instant expiresAt) implements AttemptSource {}
}
