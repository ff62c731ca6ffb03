package io.pingate.servlet;

import io.pingate.Decision;
import io.pingate.GateRequest;
import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.SignedIn;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.servlet.state.Epoch;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the gate found out about a request that it let through, for the proxy behind it.
 *
 * @param method the method, letter for letter
 * @param protocol the version of HTTP that the client speaks, as in {@code HTTP/1.1}
 * @param target the request target, byte for byte
 * @param headers the client's header fields, the cookies of HTTP/2 as one
 * @param forwarding how the client reached the gate
 * @param signedIn whether a valid cookie or token came along, which isn't so on a public path
 * @param tokenId which token it was, null for a cookie
 * @param renewed whether the answer carries a cookie that prolongs the session
 * @param mark until when it holds for a client that is signed in
 * @param terms what the gate went by when it let the request in, and goes by until the request's end
 * @param end when that client's session is over and ends what it has open, null when it doesn't
 * @param refusals hears when what is behind the gate refuses the request
 */
public record Admission(
        String method,
        String protocol,
        RequestTarget target,
        HeaderFields headers,
        Forwarding forwarding,
        boolean signedIn,
        @Nullable String tokenId,
        boolean renewed,
        Epoch.Mark mark,
        GateTerms terms,
        @Nullable End end,
        Refusals refusals) {
    private static final int UNAUTHORIZED = 401;

    private static final String ATTRIBUTE = Admission.class.getName();

    /**
     * The end of a session.
     *
     * @param at the first moment at which it is over
     * @param clock the gate's
     */
    public record End(Instant at, InstantSource clock) {
        boolean isAhead() {
            return clock.instant().isBefore(at);
        }
    }

    /** Hears of requests that were let in and are refused all the same. */
    @FunctionalInterface
    public interface Refusals {
        /**
         * Hears of one.
         *
         * @param refusal what it is answered with
         * @param request the request as the policy saw it
         */
        void note(Decision.Refuse refusal, GateRequest request);
    }

    /**
     * Finds the admission of a request.
     *
     * @param request the request
     * @return null when no filter has let it through
     */
    public static @Nullable Admission of(HttpServletRequest request) {
        return (Admission) request.getAttribute(ATTRIBUTE);
    }

    /**
     * Says how long a signed-in client may stay, and holds nothing else of the request: a stream may be open for days.
     *
     * @return false once everybody was signed out, this client too, by command or by another key, or its token was revoked, or its session is over and
     *     ends what it has open
     */
    public BooleanSupplier validity() {
        Epoch.Mark until = mark;
        GateTerms.Era era = terms.era();
        String token = tokenId;
        End last = end;
        if (token == null && last == null) {
            return () -> until.isCurrent() && !era.isOver();
        }
        return () -> until.isCurrent()
                && !era.isOver()
                && (token == null || !until.isRevoked(token))
                && (last == null || last.isAhead());
    }

    /**
     * Tells that the request goes no further after all.
     *
     * @param status what it is answered with; 401 asks for a sign-in, and is no refusal
     * @param reason which rule it breaks
     */
    public void noteRefusal(int status, String reason) {
        if (status != UNAUTHORIZED) {
            GateRequest request = new GateRequest(
                    method, target, headers, forwarding.client(), forwarding.scheme(), forwarding.host());
            refusals.note(new Decision.Refuse(status, reason, null), request);
        }
    }

    /** {@return by what the client is signed in} */
    public SignedIn by() {
        if (!signedIn) {
            return SignedIn.NO;
        }
        return tokenId == null ? SignedIn.BY_COOKIE : SignedIn.BY_TOKEN;
    }

    /** {@return what a signed-in client is called behind the gate; empty when nobody has said so, or on a public path} */
    public Optional<String> email() {
        return signedIn ? terms.webappView().email() : Optional.empty();
    }

    /** {@return who may keep the answer: what a signed-in client gets is for that client alone} */
    public CacheScope cacheScope() {
        if (renewed) {
            return CacheScope.NO_STORE;
        }
        return signedIn ? CacheScope.PRIVATE : CacheScope.AS_SAID;
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
