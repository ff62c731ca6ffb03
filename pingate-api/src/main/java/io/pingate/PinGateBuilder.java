package io.pingate;

import io.pingate.http.RequestTarget;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link PinGate}. PIN, keys and limiter have no default; {@link #build} says what is missing or
 * breaks a rule. Not for use by several threads.
 */
public final class PinGateBuilder {
    @Nullable
    Pin pin;

    @Nullable
    KeyRing keys;

    @Nullable
    AttemptLimiter limiter;

    String cookieName = "pingate";

    @Nullable
    String cookieDomain;

    Duration sessionLifetime = Duration.ofDays(30);
    boolean renew;
    String gatePath = "/pin";
    List<String> publicPaths = List.of();
    boolean loopbackHostsOnly;
    boolean preflights;
    boolean inFrames;
    Predicate<RequestTarget> neverPublic = target -> false;

    BiPredicate<Pin, String> pinCheck = Pin::matches;

    Function<AccessToken, TokenStanding> tokenStanding = token -> TokenStanding.GOOD;
    String contextPath = "";
    UsedLinks usedLinks = (link, now) -> UsedLinks.Use.NOT_KEPT;

    PinGateBuilder() {}

    /**
     * Sets the PIN.
     *
     * @param pin the PIN
     * @return this
     */
    public PinGateBuilder pin(Pin pin) {
        this.pin = pin;
        return this;
    }

    /**
     * Sets the keys that sign and verify cookies.
     *
     * @param keys the keys
     * @return this
     */
    public PinGateBuilder keys(KeyRing keys) {
        this.keys = keys;
        return this;
    }

    /**
     * Sets what counts wrong PINs.
     *
     * @param limiter the throttle
     * @return this
     */
    public PinGateBuilder limiter(AttemptLimiter limiter) {
        this.limiter = limiter;
        return this;
    }

    /**
     * Sets the cookie's name; {@code pingate} by default.
     *
     * @param cookieName a token (RFC 6265 section 4.1.1) of 1 to 64 characters. With a prefix of {@code __Host-} or
     *     {@code __Secure-} the cookie is always {@code Secure} (RFC 6265bis section 4.1.3)
     * @return this
     */
    public PinGateBuilder cookieName(String cookieName) {
        this.cookieName = cookieName;
        return this;
    }

    /**
     * Sets the domain whose hosts share a sign-in; by default the cookie is for the gate's own host alone. Whoever runs one
     * of the domain's hosts can read the cookie there.
     *
     * @param cookieDomain a domain of at least two labels in small letters, as in {@code example.org}
     * @return this
     */
    public PinGateBuilder cookieDomain(String cookieDomain) {
        this.cookieDomain = cookieDomain;
        return this;
    }

    /**
     * Sets how long a sign-in lasts; 30 days by default.
     *
     * @param sessionLifetime 1 second to 3,650 days (ten years), fractions of a second dropped; {@link #build} refuses others
     * @return this
     */
    public PinGateBuilder sessionLifetime(Duration sessionLifetime) {
        this.sessionLifetime = sessionLifetime;
        return this;
    }

    /**
     * Sets whether use prolongs a session; off by default.
     *
     * @param renew true to renew the cookie when a tenth of the session's lifetime, at most a day, has passed
     * @return this
     */
    public PinGateBuilder renew(boolean renew) {
        this.renew = renew;
        return this;
    }

    /**
     * Sets where the gate's own pages live; {@code /pin} by default.
     *
     * @param gatePath a path like {@code /pin}, of letters, digits and {@code -._~}, without a slash at its end
     * @return this
     */
    public PinGateBuilder gatePath(String gatePath) {
        this.gatePath = gatePath;
        return this;
    }

    /**
     * Sets what needs no PIN; nothing by default.
     *
     * @param publicPaths exact paths, or {@code /prefix/*} for all that lie below; without escapes, dot segments or a query
     * @return this
     */
    public PinGateBuilder publicPaths(List<String> publicPaths) {
        this.publicPaths = List.copyOf(publicPaths);
        return this;
    }

    /**
     * Sets whether the gate is served under names of this machine alone; off by default. For a PIN that everybody knows:
     * without it, any web page could reach a gate on loopback through the browser (DNS rebinding).
     *
     * @param loopbackHostsOnly true to refuse every host but localhost, those below it, 127.0.0.0/8 and ::1
     * @return this
     */
    public PinGateBuilder loopbackHostsOnly(boolean loopbackHostsOnly) {
        this.loopbackHostsOnly = loopbackHostsOnly;
        return this;
    }

    /**
     * Sets whether people may sign in within a frame of another site's page, over https; off by default. The cookie of such a
     * sign-in is {@code SameSite=None; Partitioned}, so that it is sent within frames of that site's pages alone.
     *
     * @param inFrames true to let them
     * @return this builder
     */
    public PinGateBuilder inFrames(boolean inFrames) {
        this.inFrames = inFrames;
        return this;
    }

    /**
     * Sets whether CORS preflights pass without a cookie, since browsers send them without; off by default. No identity
     * goes with them.
     *
     * @param preflights true to let the program behind the gate answer them
     * @return this
     */
    public PinGateBuilder preflights(boolean preflights) {
        this.preflights = preflights;
        return this;
    }

    /**
     * Sets what always needs a cookie, also where a public path takes it in; nothing by default.
     *
     * @param neverPublic tells of a target whether it is one
     * @return this
     */
    public PinGateBuilder neverPublic(Predicate<RequestTarget> neverPublic) {
        this.neverPublic = neverPublic;
        return this;
    }

    /**
     * Sets how what was typed is compared with the PIN; {@link Pin#matches} by default. For a PIN that is known by its hash
     * this is the place to let the tries take turns: each costs a good part of a second of CPU, and the throttle grants
     * dozens at once.
     *
     * @param pinCheck calls {@code matches} with both, when and where it likes; may be called by many threads at a time
     * @return this
     */
    public PinGateBuilder pinCheck(BiPredicate<Pin, String> pinCheck) {
        this.pinCheck = pinCheck;
        return this;
    }

    /**
     * Sets who knows which tokens of programs were revoked; none by default.
     *
     * @param tokenStanding asked of each token that is signed and in its time; may be called by many threads at a time
     * @return this
     */
    public PinGateBuilder tokenStanding(Function<AccessToken, TokenStanding> tokenStanding) {
        this.tokenStanding = tokenStanding;
        return this;
    }

    /**
     * Sets where it is kept which links were used; nowhere by default, and then no link signs in that does so once.
     *
     * @param usedLinks asked when the button on a link's page is pressed
     * @return this
     */
    public PinGateBuilder usedLinks(UsedLinks usedLinks) {
        this.usedLinks = usedLinks;
        return this;
    }

    /**
     * Sets where the paths begin that tokens are for; at the root by default.
     *
     * @param contextPath empty, or a path without a slash at its end
     * @return this
     */
    public PinGateBuilder contextPath(String contextPath) {
        this.contextPath = contextPath;
        return this;
    }

    /**
     * Builds the gate.
     *
     * @return the gate
     * @throws IllegalArgumentException naming the setting and its rule, never the value of a secret
     */
    public PinGate build() {
        return new PinGate(this);
    }
}
