package io.pingate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate makes of a request. The caller answers accordingly and decides nothing more:
 *
 * <pre>{@code
 * int status = decision.match(new Decision.Cases<Integer>() {
 *     @Override
 *     public Integer signIn(Decision.SignIn signIn) {
 *         return 303;
 *     }
 *     // and so on: the compiler asks for every case
 * });
 * }</pre>
 */
public sealed interface Decision {
    /**
     * Answers by the case that this is. Java 17 has no exhaustive {@code switch} over types; this is one: whoever answers
     * is asked for every case by the compiler, also when a later release has one more.
     *
     * @param <T> what the caller makes of a decision
     * @param cases one method for each case
     * @return what the method of this case returned
     */
    <T extends @Nullable Object> T match(Cases<T> cases);

    /**
     * One method for each case of a decision.
     *
     * @param <T> what the caller makes of a decision; {@link Void} when it answers at once
     */
    interface Cases<T extends @Nullable Object> {
        /**
         * Answers {@link Decision.Admit}.
         *
         * @param admit the decision
         * @return what the caller makes of it
         */
        T admit(Admit admit);

        /**
         * Answers {@link Decision.SignIn}.
         *
         * @param signIn the decision
         * @return what the caller makes of it
         */
        T signIn(SignIn signIn);

        /**
         * Answers {@link Decision.Unauthorized}.
         *
         * @param unauthorized the decision
         * @return what the caller makes of it
         */
        T unauthorized(Unauthorized unauthorized);

        /**
         * Answers {@link Decision.ShowForm}.
         *
         * @param showForm the decision
         * @return what the caller makes of it
         */
        T showForm(ShowForm showForm);

        /**
         * Answers {@link Decision.SignedIn}.
         *
         * @param signedIn the decision
         * @return what the caller makes of it
         */
        T signedIn(SignedIn signedIn);

        /**
         * Answers {@link Decision.TryPin}.
         *
         * @param tryPin the decision
         * @return what the caller makes of it
         */
        T tryPin(TryPin tryPin);

        /**
         * Answers {@link Decision.ShowLink}.
         *
         * @param showLink the decision
         * @return what the caller makes of it
         */
        T showLink(ShowLink showLink);

        /**
         * Answers {@link Decision.LinkRefused}.
         *
         * @param linkRefused the decision
         * @return what the caller makes of it
         */
        T linkRefused(LinkRefused linkRefused);

        /**
         * Answers {@link Decision.Unlock}.
         *
         * @param unlock the decision
         * @return what the caller makes of it
         */
        T unlock(Unlock unlock);

        /**
         * Answers {@link Decision.WrongPin}.
         *
         * @param wrongPin the decision
         * @return what the caller makes of it
         */
        T wrongPin(WrongPin wrongPin);

        /**
         * Answers {@link Decision.Throttled}.
         *
         * @param throttled the decision
         * @return what the caller makes of it
         */
        T throttled(Throttled throttled);

        /**
         * Answers {@link Decision.SignOut}.
         *
         * @param signOut the decision
         * @return what the caller makes of it
         */
        T signOut(SignOut signOut);

        /**
         * Answers {@link Decision.Healthy}.
         *
         * @param healthy the decision
         * @return what the caller makes of it
         */
        T healthy(Healthy healthy);

        /**
         * Answers {@link Decision.Refuse}.
         *
         * @param refuse the decision
         * @return what the caller makes of it
         */
        T refuse(Refuse refuse);

        /**
         * Answers {@link Decision.ForeignForm}.
         *
         * @param foreignForm the decision
         * @return what the caller makes of it
         */
        T foreignForm(ForeignForm foreignForm);
    }

    /**
     * Let it through to the program behind the gate.
     *
     * @param signedIn false on a public path and for a preflight, where no identity headers are added
     * @param setCookie a Set-Cookie value that prolongs the session, null when there is nothing to prolong
     * @param token the token that a program has signed in by, null for a cookie and for nobody
     * @param session the session of a cookie, prolonged when there is one that does so; null for a token and for nobody
     */
    record Admit(
            boolean signedIn,
            @Nullable String setCookie,
            @Nullable AccessToken token,
            @Nullable GateToken session) implements Decision {
        static final Admit STRANGER = new Admit(false, null, null, null);

        static Admit by(AccessToken token) {
            return new Admit(true, null, token, null);
        }

        static Admit by(GateToken session, @Nullable String setCookie) {
            return new Admit(true, setCookie, null, session);
        }

        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.admit(this);
        }

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
    record SignIn(String location) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.signIn(this);
        }
    }

    /**
     * Answer 401 with a small JSON body and {@code X-Pingate: sign-in}; with the form in its place when the client accepts
     * text/html, since somebody may get to see it. Such an answer asks by {@code WWW-Authenticate} (RFC 9110 section
     * 11.6.1), by a scheme that no browser knows, and where the decision says so by Basic.
     *
     * @param next where to go after the sign-in; a safe path
     * @param reason a sentence on what is wrong with the token that came along, null when none did
     * @param asksForPassword whether to ask by Basic, which is for programs that send a token only when asked to
     */
    record Unauthorized(String next, @Nullable String reason, boolean asksForPassword) implements Decision {
        /**
         * Without a token.
         *
         * @param next where to go after the sign-in; a safe path
         */
        public Unauthorized(String next) {
            this(next, null, false);
        }

        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.unauthorized(this);
        }
    }

    /**
     * Show the form: 200.
     *
     * @param next where to go after the sign-in; a safe path
     * @param signedOut whether to say that the client is signed out now; nothing secret, anybody can ask for it
     */
    record ShowForm(String next, boolean signedOut) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.showForm(this);
        }
    }

    /**
     * Say that the client is signed in already, with a way on and a way out: 200.
     *
     * @param next where to go on; a safe path
     * @param expiresAt until when, unless the session is prolonged
     */
    record SignedIn(String next, Instant expiresAt) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.signedIn(this);
        }
    }

    /** Read at most {@link PinGate#MAX_FORM_BYTES} of the form and call {@link PinGate#tryPin}; 413 when it is longer. */
    record TryPin() implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.tryPin(this);
        }
    }

    /**
     * Show the page of a link that signs in: 200, with a button that posts an empty form to where the page is. Its address
     * opens the gate, so it must not get into the Referer of anybody.
     *
     * @param link what the link says
     */
    record ShowLink(SignInLink link) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.showLink(this);
        }
    }

    /**
     * A link doesn't sign in: say why, and offer the form.
     *
     * @param status the status code: 403 for one that is none of ours, 410 for one that is over, 503 for one that can't be
     *     used at present
     * @param reason one sentence for whoever opened it
     */
    record LinkRefused(int status, String reason) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.linkRefused(this);
        }
    }

    /**
     * The PIN was right, or a link: 303 with a cookie.
     *
     * @param location where to go; a safe path
     * @param setCookie the Set-Cookie value
     */
    record Unlock(String location, String setCookie) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.unlock(this);
        }

        @Override
        public String toString() {
            return "Unlock[location=" + location + "]";
        }
    }

    /**
     * The PIN was wrong: 401 with the form and a message.
     *
     * @param next where to go after the sign-in; a safe path
     * @param triesLeft how many more may be made at once; 0 when the next one has to wait
     */
    record WrongPin(String next, int triesLeft) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.wrongPin(this);
        }
    }

    /**
     * Too many wrong PINs or tokens: 429 with the form and a message; the PIN wasn't looked at.
     *
     * @param retryAfter how long to wait at least
     * @param next where to go after the sign-in; a safe path
     */
    record Throttled(Duration retryAfter, String next) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.throttled(this);
        }
    }

    /**
     * Signed out: 303 with cookies that clear the session.
     *
     * @param location where to go: the form, which says so
     * @param setCookies the values of the Set-Cookie fields
     */
    record SignOut(String location, List<String> setCookies) implements Decision {
        /**
         * Keeps a copy of the list.
         *
         * @param location where to go
         * @param setCookies the values of the Set-Cookie fields
         */
        public SignOut {
            setCookies = List.copyOf(setCookies);
        }

        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.signOut(this);
        }
    }

    /**
     * The gate is up: 200; when it is asked about the program behind it, too, 503 as long as that can't be used.
     *
     * @param upstream whether that was asked
     */
    record Healthy(boolean upstream) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.healthy(this);
        }
    }

    /**
     * The gate won't have it.
     *
     * @param status the status code: 403, 405, 413, 415, 421 or 503
     * @param reason one sentence for whoever sent it
     * @param allow the Allow field of a 405 (RFC 9110 section 10.2.1), else null
     */
    record Refuse(int status, String reason, @Nullable String allow) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.refuse(this);
        }
    }

    /**
     * Another site, or a proxy before the gate that changed the Host, made the browser send a form of the gate's: 403. The
     * operator should be told which it was, since the latter locks everybody out.
     *
     * @param reason one sentence for whoever sent it
     * @param field the field that says so, {@code Origin} or {@code Sec-Fetch-Site}
     * @param value its value, as the client sent it
     * @param host the host that the gate takes for its own, as the client sent it
     */
    record ForeignForm(String reason, String field, String value, String host) implements Decision {
        @Override
        public <T extends @Nullable Object> T match(Cases<T> cases) {
            return cases.foreignForm(this);
        }
    }
}
