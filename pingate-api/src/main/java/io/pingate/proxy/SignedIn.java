package io.pingate.proxy;

/** By what a client is signed in. */
public enum SignedIn {
    /** It isn't: a public path, or a preflight. */
    NO,
    /** By the cookie, which a browser sends by itself, whoever made it ask. */
    BY_COOKIE,
    /** By a token, which nobody sends who doesn't know it. */
    BY_TOKEN
}
