package io.pingate.servlet.event;

/** What becomes of a request at the gate; one that the upstream serves may still fail there. */
public enum Outcome {
    /** It goes on, with a session's cookie. */
    SESSION,
    /** It goes on, with a program's token. */
    TOKEN,
    /** It goes on without a sign-in: a public path, or a preflight. */
    PUBLIC,
    /** Its sender is asked to sign in. */
    SIGN_IN,
    /** One of the gate's own pages. */
    PAGE,
    /** A form with a PIN, or the button on a link's page. */
    FORM,
    /** A question of a proxy's about another request. */
    QUESTION,
    /** Refused. */
    REFUSED,
    /** Its head can't be read. */
    UNREADABLE;

    /** {@return its name in a metric} */
    public String label() {
        return Label.of(this);
    }
}
