package io.pingate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is signed in, and until when: tokens in cookies. */
final class Sessions {
    private static final Duration DAY = Duration.ofDays(1);

    private final GateCookie cookie;
    private final TokenCodec codec;
    private final Duration lifetime;
    private final boolean renew;
    private final boolean inFrames;
    private final Duration renewAfter;

    Sessions(GateCookie cookie, KeyRing keys, Duration lifetime, boolean renew, boolean inFrames) {
        this.cookie = cookie;
        this.codec = new TokenCodec(keys, lifetime);
        this.lifetime = lifetime;
        this.renew = renew;
        this.inFrames = inFrames;
        Duration tenth = lifetime.dividedBy(10);
        this.renewAfter = tenth.compareTo(DAY) < 0 ? tenth : DAY;
    }

    /** The token of a request, if any cookie of the name has one that verifies. */
    Optional<GateToken> find(GateRequest request, Instant now) {
        for (String value : cookie.values(request.headers())) {
            if (codec.decode(value, now) instanceof TokenResult.Valid valid) {
                return Optional.of(valid.token());
            }
        }
        return Optional.empty();
    }

    /** Who tries the PIN. An expired token is as good as another here: it shows that its holder knew the PIN once. */
    AttemptSource guesser(GateRequest request, Instant now) {
        for (String value : cookie.values(request.headers())) {
            TokenResult result = codec.decode(value, now);
            if (result instanceof TokenResult.Valid valid) {
                return new AttemptSource.Holder(valid.token().expiresAt());
            }
            if (result instanceof TokenResult.Expired expired) {
                return new AttemptSource.Holder(expired.token().expiresAt());
            }
        }
        return new AttemptSource.Stranger(request.client());
    }

    String begin(GateRequest request, Instant now) {
        return begin(codec.issue(now), request, now);
    }

    private String begin(GateToken token, GateRequest request, Instant now) {
        return set(token, lifetime, request, now);
    }

    /** A session that ends with the link that it began with. */
    String beginGuest(GateRequest request, Instant end, Instant now) {
        GateToken token = new GateToken(end, true);
        return set(token, Duration.between(now, end), request, now);
    }

    private String set(GateToken token, Duration left, GateRequest request, Instant now) {
        String value = codec.encode(token);
        return inFrames && request.isSecure() && Navigation.isInFrame(request.headers())
                ? cookie.setInFrame(value, left, now)
                : cookie.set(value, left, request.isSecure(), now);
    }

    /** A browser keeps both cookies apart, so each is cleared for itself. */
    List<String> end(GateRequest request) {
        String clear = cookie.clear(request.isSecure());
        return inFrames && request.isSecure() ? List.of(clear, cookie.clearInFrame()) : List.of(clear);
    }

    /** Not with every answer: when a tenth of the lifetime, or a day, has passed. */
    Decision.Admit admit(GateToken token, GateRequest request, Instant now) {
        if (renew
                && !token.guest()
                && !now.isBefore(token.expiresAt().minus(lifetime).plus(renewAfter))) {
            GateToken prolonged = codec.issue(now);
            return Decision.Admit.by(prolonged, begin(prolonged, request, now));
        }
        return Decision.Admit.by(token, null);
    }
}
