package io.pingate;

/** What became of a token that a client sent. */
sealed interface TokenResult {
    /** Signed by a key of the ring, and in its time. */
    record Valid(GateToken token) implements TokenResult {}

    /** Signed by a key of the ring, but past its expiry, or expiring later than any sign-in of today would. */
    record Expired(GateToken token) implements TokenResult {}

    /** In the form of a token, but not signed by a key of the ring. */
    record BadSignature() implements TokenResult {}

    /** Not a token. */
    record Malformed() implements TokenResult {}
}
