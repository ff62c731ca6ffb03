package io.pingate.desync;

/** Ends a connection on which something is wrong: nothing behind it can be judged. */
final class BreachException extends Exception {
    private static final long serialVersionUID = 1;

    final transient Breach breach;

    BreachException(Breach breach, String message) {
        super(message);
        this.breach = breach;
    }
}
