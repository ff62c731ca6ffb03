package io.pingate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the gate makes of a request. The caller answers accordingly and decides nothing more. */
public sealed interface Decision {
    /**
     * Let it through to the program behind the gate.
     *
     * @param signedIn false on a public path and for a preflight, where no identity headers are added
     * @param setCookie a Set-Cookie value that prolongs the session, null when there is nothing to prolong
     */
    record Admit(boolean signedIn, @Nullable String setCookie) implements Decision {
        @Override
        public String toString() {
            return "Admit[signedIn=" + signedIn + "]";
        }
    }

    /**
     * Send the browser to the form: 303.
     *
     * @param location the form's path, with the way back in its query
     */
    record SignIn(String location) implements Decision {}

    /**
     * Answer 401 with a small JSON body and {@code X-Pingate: sign-in}; with the form in its place when the client accepts
     * text/html, since somebody may get to see it.
     *
     * @param next where to go after the sign-in; a safe path
     */
    record Unauthorized(String next) implements Decision {}

    /**
     * Show the form: 200.
     *
     * @param next where to go after the sign-in; a safe path
     */
    record ShowForm(String next) implements Decision {}

    /**
     * Say that the client is signed in already, with a way on and a way out: 200.
     *
     * @param next where to go on; a safe path
     */
    record SignedIn(String next) implements Decision {}

    /** Read at most {@link PinGate#MAX_FORM_BYTES} of the form and call {@link PinGate#tryPin}; 413 when it is longer. */
    record TryPin() implements Decision {}

    /**
     * The PIN was right: 303 with a cookie.
     *
     * @param location where to go; a safe path
     * @param setCookie the Set-Cookie value
     */
    record Unlock(String location, String setCookie) implements Decision {
        @Override
        public String toString() {
            return "Unlock[location=" + location + "]";
        }
    }

    /**
     * The PIN was wrong: 401 with the form and a message.
     *
     * @param next where to go after the sign-in; a safe path
     */
    record WrongPin(String next) implements Decision {}

    /**
     * Too many wrong PINs: 429 with the form and a message; the PIN wasn't looked at.
     *
     * @param retryAfter how long to wait at least
     * @param next where to go after the sign-in; a safe path
     */
    record Throttled(Duration retryAfter, String next) implements Decision {}

    /**
     * Signed out: 303 with a cookie that clears the session.
     *
     * @param location where to go
     * @param setCookie the Set-Cookie value
     */
    record SignOut(String location, String setCookie) implements Decision {}

    /** The gate is up: 200. */
    record Healthy() implements Decision {}

    /**
     * The gate won't have it.
     *
     * @param status the status code: 403, 405, 413, 415 or 421
     * @param reason one sentence for whoever sent it
     * @param allow the Allow field of a 405 (RFC 9110 section 10.2.1), else null
     */
    record Refuse(int status, String reason, @Nullable String allow) implements Decision {}
}
