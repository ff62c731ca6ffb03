package io.pingate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs in by a link. Whoever looks at the link consumes nothing, since programs look at links that people send one another;
 * it takes the button on its page.
 */
final class LinkSignIn {
    private final String path;
    private final SignInLinks links;
    private final UsedLinks used;
    private final Sessions sessions;
    private final AttemptLimiter limiter;

    /** The path is that before the link's text. */
    LinkSignIn(String path, SignInLinks links, UsedLinks used, Sessions sessions, AttemptLimiter limiter) {
        this.path = path;
        this.links = links;
        this.used = used;
        this.sessions = sessions;
        this.limiter = limiter;
    }

    boolean isAt(GateRequest request) {
        return request.target().path().startsWith(path);
    }

    Decision show(GateRequest request, Instant now) {
        PassVerdict<SignInLink> verdict = links.verify(text(request), now);
        return verdict instanceof PassVerdict.Valid<SignInLink> valid
                ? new Decision.ShowLink(valid.pass())
                : refused(request, verdict, now);
    }

    Decision use(GateRequest request, Instant now) {
        Decision foreign = SameOrigin.objection(request);
        if (foreign != null) {
            return foreign;
        }
        PassVerdict<SignInLink> verdict = links.verify(text(request), now);
        if (!(verdict instanceof PassVerdict.Valid<SignInLink> valid)) {
            return refused(request, verdict, now);
        }
        SignInLink link = valid.pass();
        if (link.guest()) {
            return new Decision.Unlock(link.next(), sessions.beginGuest(request, link.expiresAt(), now));
        }
        return switch (used.use(link, now)) {
            case FIRST -> new Decision.Unlock(link.next(), sessions.begin(request, now));
            case AGAIN -> new Decision.LinkRefused(410, "This link was used before; it signs in once.");
            case NOT_KEPT ->
                new Decision.LinkRefused(503, "This link can't be used now: the gate can't keep that it was used.");
        };
    }

    private Decision refused(GateRequest request, PassVerdict<SignInLink> verdict, Instant now) {
        if (verdict instanceof PassVerdict.Over<SignInLink> over) {
            return new Decision.LinkRefused(410, over.reason());
        }
        // After it was verified: whatever strangers do, a good link is never held up.
        Optional<Duration> retryAfter = limiter.reserveAtOnce(sessions.guesser(request, now));
        return retryAfter.isPresent()
                ? new Decision.Throttled(retryAfter.get(), "/")
                : new Decision.LinkRefused(403, "This link is none of this gate's.");
    }

    private String text(GateRequest request) {
        return request.target().path().substring(path.length());
    }
}
