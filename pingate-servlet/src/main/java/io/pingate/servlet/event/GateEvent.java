package io.pingate.servlet.event;

import io.pingate.http.IpAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something at the gate that its owner may want to know of. Nothing in it is secret: no PIN, cookie, token or link.
 *
 * @param kind what happened
 * @param time when
 * @param from who sent the request; null when it was nobody's
 * @param detail a name or a reason: which token, what was wrong; null when there is nothing to add
 */
public record GateEvent(
        Kind kind,
        Instant time,
        @Nullable Sender from,
        @Nullable String detail) {
    /** What happened. */
    public enum Kind {
        /** Somebody has signed in by the PIN. */
        SIGN_IN,
        /** A PIN was wrong. */
        WRONG_PIN,
        /** A PIN, a token or a link wasn't looked at, since there were too many wrong ones. */
        THROTTLED,
        /** A request was refused: 403, or another code of those that {@link io.pingate.Decision.Refuse} names. */
        REFUSED,
        /** A program's token has opened the gate. */
        TOKEN,
        /** A program's token hasn't opened the gate. */
        TOKEN_REFUSED,
        /** Somebody has signed in by a link. */
        LINK,
        /** A link hasn't signed in. */
        LINK_REFUSED,
        /** Somebody has signed out. */
        SIGN_OUT,
        /** Everybody was signed out. */
        SIGN_OUT_ALL;

        /** {@return its name in the audit log} */
        public String label() {
            return Label.of(this);
        }
    }

    /**
     * Who sent a request.
     *
     * @param client the client's address, as a trusted proxy tells it
     * @param method the request's method
     * @param path where it went, without its query; null for a link, whose path signs in
     * @param userAgent what the client calls itself; null when it doesn't
     */
    public record Sender(
            IpAddress client,
            String method,
            @Nullable String path,
            @Nullable String userAgent) {}
}
