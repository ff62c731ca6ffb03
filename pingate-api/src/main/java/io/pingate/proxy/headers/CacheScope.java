package io.pingate.proxy.headers;

/** Who may keep a copy of an answer (RFC 9111 section 3). */
public enum CacheScope {
    /** Whoever the upstream says; an answer that everybody gets. */
    AS_SAID,
    /** The client's own cache, no shared one: the answer is for somebody who is signed in. */
    PRIVATE,
    /** Nobody: the answer carries a cookie that opens the gate. */
    NO_STORE
}
