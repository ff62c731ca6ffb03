package io.pingate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges programs by the token that they send with each request. */
final class TokenSignIn {
    private final AccessTokens tokens;
    private final Function<AccessToken, TokenStanding> standing;
    private final AttemptLimiter limiter;
    private final String contextPath;

    TokenSignIn(
            AccessTokens tokens,
            Function<AccessToken, TokenStanding> standing,
            AttemptLimiter limiter,
            String contextPath) {
        this.tokens = tokens;
        this.standing = standing;
        this.limiter = limiter;
        this.contextPath = contextPath;
    }

    /**
     * What becomes of a request without a session; null when it carries no token.
     *
     * @param guesser whom a forged token is counted against
     */
    @Nullable
    Decision judge(GateRequest request, Function<GateRequest, AttemptSource> guesser, String wayBack, Instant now) {
        List<String> sent = TokenFields.in(request.headers());
        if (sent.isEmpty()) {
            return null;
        }
        if (sent.size() > 1) {
            return refused(request, "Send one token, once.", wayBack);
        }
        PassVerdict<AccessToken> verdict = tokens.verify(sent.get(0), now);
        if (verdict instanceof PassVerdict.Valid<AccessToken> valid) {
            return admitted(request, valid.pass(), wayBack);
        }
        if (verdict instanceof PassVerdict.Over<AccessToken> over) {
            // Its program goes on sending it, and must not use up the tries of those who know the PIN.
            return refused(request, over.reason(), wayBack);
        }
        // After it was verified: whatever others do, a good token is never held up.
        Optional<Duration> retryAfter = limiter.reserveAtOnce(guesser.apply(request));
        return retryAfter.isPresent()
                ? new Decision.Throttled(retryAfter.get(), wayBack)
                : refused(request, "This token is none of this gate's.", wayBack);
    }

    private Decision admitted(GateRequest request, AccessToken token, String wayBack) {
        return switch (standing.apply(token)) {
            case REVOKED -> refused(request, "This token was revoked.", wayBack);
            case UNKNOWN -> new Decision.Refuse(503, "The gate can't read at present which tokens were revoked.", null);
            case GOOD ->
                token.isFor(request.target(), contextPath)
                        ? Decision.Admit.by(token)
                        : new Decision.Refuse(
                                403,
                                "This token is for other paths: " + String.join(", ", token.paths())
                                        + ", written without escapes.",
                                null);
        };
    }

    private static Decision refused(GateRequest request, String reason, String wayBack) {
        return new Decision.Unauthorized(wayBack, reason, BasicChallenge.suits(request));
    }
}
