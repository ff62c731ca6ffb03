package io.pingate.servlet.head;

/** A request's head has more fields than the gate reads: 431 (RFC 6585 section 5). */
public final class HeadTooLargeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    HeadTooLargeException(String rule) {
        super(rule);
    }
}
