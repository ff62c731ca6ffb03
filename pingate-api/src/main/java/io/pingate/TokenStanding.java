package io.pingate;

/** What is known of a token beside what it says itself. */
public enum TokenStanding {
    /** Nobody has taken it back. */
    GOOD,
    /** Its owner has taken it back. */
    REVOKED,
    /** It can't be told at present, so it opens nothing. */
    UNKNOWN
}
