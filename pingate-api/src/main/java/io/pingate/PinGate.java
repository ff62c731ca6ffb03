package io.pingate;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.PathPatterns;
import io.pingate.http.syntax.Preflight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The gate's policy: one PIN in front of everything. Holds nothing but its settings and is safe for use by many threads;
 * the caller passes the time, reads the form and writes the answer.
 */
public final class PinGate {
    /** The longest sign-in form that is read, in bytes. */
    public static final int MAX_FORM_BYTES = 4096;

    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String READ_METHODS = "GET, HEAD";
    private static final String FORM_METHODS = "GET, HEAD, POST";

    private static final Decision OTHER_NAME = new Decision.Refuse(
            421, "With the sample PIN, this gate opens as localhost only. Set a PIN to open it under this name.", null);

    private final Pin pin;
    private final BiPredicate<Pin, String> pinCheck;
    private final AttemptLimiter limiter;
    private final PinGatePaths paths;
    private final PathPatterns publicPaths;
    private final Predicate<RequestTarget> neverPublic;
    private final GateCookie cookie;
    private final ReturnAddresses returns;
    private final Duration lifetime;
    private final Sessions sessions;
    private final TokenSignIn tokens;
    private final LinkSignIn links;
    private final DoctorPasses doctor;
    /** Compared with the path of every request, so made once. */
    private final String authPath;

    private final String doctorPath;
    private final boolean loopbackHostsOnly;
    private final boolean preflights;

    PinGate(PinGateBuilder settings) {
        this.pin = Required.value("pin", settings.pin);
        this.pinCheck = settings.pinCheck;
        this.limiter = Required.value("limiter", settings.limiter);
        this.paths = PinGatePaths.under(settings.gatePath);
        this.publicPaths = PathPatterns.of("public paths", settings.publicPaths);
        this.neverPublic = settings.neverPublic;
        this.cookie = new GateCookie(settings.cookieName, settings.cookieDomain);
        this.returns = new ReturnAddresses(settings.cookieDomain);
        this.lifetime = settings.sessionLifetime;
        KeyRing keys = Required.value("keys", settings.keys);
        this.sessions = new Sessions(cookie, keys, lifetime, settings.renew, settings.inFrames);
        this.tokens = new TokenSignIn(new AccessTokens(keys), settings.tokenStanding, limiter, settings.contextPath);
        this.links = new LinkSignIn(paths.link(), new SignInLinks(keys), settings.usedLinks, sessions, limiter);
        this.doctor = new DoctorPasses(keys);
        this.authPath = paths.auth();
        this.doctorPath = paths.doctor();
        this.loopbackHostsOnly = settings.loopbackHostsOnly;
        this.preflights = settings.preflights;
    }

    /** {@return a builder, in which PIN, keys and limiter are still to be set} */
    public static PinGateBuilder builder() {
        return new PinGateBuilder();
    }

    /**
     * Judges a request. Never throws, whatever the client sent.
     *
     * @param request the request
     * @param now the present time
     * @return what to answer
     */
    public Decision decide(GateRequest request, Instant now) {
        Decision refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        Decision ownPage = ownPage(request, now);
        if (ownPage != null) {
            return ownPage;
        }
        // First: a public path gets no identity, whoever asks.
        if (isPublic(request.target())) {
            return Decision.Admit.STRANGER;
        }
        return signedIn(request, wayBack(request), now);
    }

    /**
     * Judges a request that a proxy holds and asks about, by the very rules of one that came here itself; only that the gate's
     * own pages are never behind it.
     *
     * @param held the request
     * @param now the present time
     * @return {@link Decision.Admit}, or what to answer in its place
     */
    public Decision vouch(HeldRequest held, Instant now) {
        GateRequest request = held.request();
        Decision refusal = refusal(request);
        if (refusal != null) {
            return refusal;
        }
        if (isOwn(request)) {
            return new Decision.Refuse(
                    403, "This is a page of the gate's own: pass it to the gate without asking.", null);
        }
        if (held.certain() && isPublic(request.target())) {
            return Decision.Admit.STRANGER;
        }
        GateRequest judged = held.certain() ? request : request.at(RequestTarget.of(authPath));
        String wayBack = wayBack(request);
        Decision decision = signedIn(judged, wayBack, now);
        return decision instanceof Decision.SignIn
                ? new Decision.SignIn(held.gateAddress() + paths.formFor(held.addressOf(wayBack)))
                : decision;
    }

    /**
     * Tells whether a request is a question of a proxy's about another one: {@link #vouch} is for that one, in place of
     * {@link #decide}.
     *
     * @param request the request
     * @return true for one at the path for such questions
     */
    public boolean isQuestion(GateRequest request) {
        return request.target().path().equals(authPath);
    }

    /**
     * Tells whether a request comes from somebody who has the gate's key and asks how requests arrive: to be answered in place
     * of {@link #decide}. Never throws, whatever the client sent.
     *
     * @param request the request
     * @param now the present time
     * @return true for one at the doctor's path that shows a good pass; whatever else is there is a request like any other
     */
    public boolean isProbe(GateRequest request, Instant now) {
        return request.target().path().equals(doctorPath) && doctor.isIn(request.headers(), now);
    }

    /**
     * Tells whether a sign-in form that came as this request did would be taken for one of the gate's own page.
     *
     * @param request the request
     * @return false when its Origin or Sec-Fetch-Site speaks against it
     */
    public boolean isFromOwnPage(GateRequest request) {
        return SameOrigin.objection(request) == null;
    }

    /** What nobody may ask for, and under no other name. */
    private @Nullable Decision refusal(GateRequest request) {
        // In any case: an HTTP client may upper-case a method on its way up.
        if (request.method().equalsIgnoreCase("TRACE") || request.method().equalsIgnoreCase("CONNECT")) {
            return methodNotAllowed("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        if (loopbackHostsOnly && !request.target().path().equals(paths.health()) && !LoopbackHosts.hold(request)) {
            return OTHER_NAME;
        }
        return null;
    }

    private boolean isOwn(GateRequest request) {
        String path = request.target().path();
        return paths.isForm(path)
                || path.equals(paths.logout())
                || path.equals(paths.health())
                || path.equals(authPath)
                || links.isAt(request);
    }

    private Decision signedIn(GateRequest request, String wayBack, Instant now) {
        Optional<GateToken> session = sessions.find(request, now);
        if (session.isPresent()) {
            return sessions.admit(session.get(), request, now);
        }
        Decision byToken = tokens.judge(request, asked -> sessions.guesser(asked, now), wayBack, now);
        if (byToken != null) {
            return byToken;
        }
        if (preflights && Preflight.is(request.method(), request.headers())) {
            return Decision.Admit.STRANGER;
        }
        if (Navigation.is(request)) {
            return new Decision.SignIn(paths.formFor(wayBack));
        }
        return new Decision.Unauthorized(wayBack, null, BasicChallenge.suits(request));
    }

    /**
     * Judges a sign-in form, or the button on a link's page, after {@link #decide} said {@link Decision.TryPin}. It may take
     * a while.
     *
     * @param request the request
     * @param form its body, {@code application/x-www-form-urlencoded}, one char per byte (ISO 8859-1); {@link #MAX_FORM_BYTES}
     *     and one byte are enough of it
     * @param now the present time
     * @return what to answer
     */
    public Decision tryPin(GateRequest request, String form, Instant now) {
        if (links.isAt(request)) {
            return links.use(request, now);
        }
        Decision foreign = SameOrigin.objection(request);
        if (foreign != null) {
            return foreign;
        }
        if (!isForm(request.headers())) {
            return new Decision.Refuse(415, "Send the PIN as " + FORM_TYPE + ".", null);
        }
        if (form.length() > MAX_FORM_BYTES) {
            return new Decision.Refuse(413, "The form may have " + MAX_FORM_BYTES + " bytes.", null);
        }
        String next = next(form, request.target());
        AttemptSource guesser = sessions.guesser(request, now);
        Optional<Duration> retryAfter = limiter.reserve(guesser);
        if (retryAfter.isPresent()) {
            return new Decision.Throttled(retryAfter.get(), next);
        }
        if (!isRightPin(FormFields.all(form, "pin"))) {
            return new Decision.WrongPin(next, limiter.triesLeft(guesser));
        }
        limiter.giveBack(guesser);
        return new Decision.Unlock(next, sessions.begin(request, now));
    }

    /** {@return where the gate's own pages live} */
    public PinGatePaths paths() {
        return paths;
    }

    /** {@return the session's cookie} */
    public GateCookie cookie() {
        return cookie;
    }

    /** {@return how long a sign-in lasts} */
    public Duration sessionLifetime() {
        return lifetime;
    }

    private boolean isPublic(RequestTarget target) {
        return publicPaths.contain(target) && !neverPublic.test(target);
    }

    private @Nullable Decision ownPage(GateRequest request, Instant now) {
        String path = request.target().path();
        if (path.equals(paths.health())) {
            return Navigation.isRead(request)
                    ? new Decision.Healthy(request.target().raw().equals(paths.ready()))
                    : methodNotAllowed(READ_METHODS);
        }
        boolean link = links.isAt(request);
        boolean form = link || paths.isForm(path);
        if (!form && !path.equals(paths.logout())) {
            return null;
        }
        if (Navigation.isRead(request)) {
            // On any of the three: a tab that is restored, or an address that is typed, must lead on.
            return link ? links.show(request, now) : showForm(request, now);
        }
        if (!request.method().equals("POST")) {
            return methodNotAllowed(FORM_METHODS);
        }
        return form ? new Decision.TryPin() : signOut(request);
    }

    private Decision showForm(GateRequest request, Instant now) {
        String next = next("", request.target());
        Optional<GateToken> session = sessions.find(request, now);
        return session.isPresent()
                ? new Decision.SignedIn(next, session.get().expiresAt())
                : new Decision.ShowForm(next, request.target().raw().equals(paths.signedOut()));
    }

    /** What the form says, or else the query of the address that it was sent to. */
    private String next(String form, RequestTarget target) {
        String posted = FormFields.first(form, "next");
        String query = target.query();
        return returns.of(posted == null && query != null ? FormFields.first(query, "next") : posted);
    }

    /** Where somebody without a cookie was: at the request's own address, or at the page that sent what it carries. */
    private static String wayBack(GateRequest request) {
        return ReturnPath.of(Navigation.isRead(request) ? request.target().raw() : SameOrigin.referringPath(request));
    }

    private Decision signOut(GateRequest request) {
        Decision foreign = SameOrigin.objection(request);
        return foreign == null ? new Decision.SignOut(paths.signedOut(), sessions.end(request)) : foreign;
    }

    /** Two PINs in one form would be two guesses for the price of one. */
    private boolean isRightPin(List<String> typed) {
        return typed.size() == 1
                && pinCheck.test(
                        pin, new String(typed.get(0).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static boolean isForm(HeaderFields headers) {
        List<String> types = headers.all("Content-Type");
        return types.size() == 1 && types.get(0).split(";", 2)[0].strip().equalsIgnoreCase(FORM_TYPE);
    }

    private static Decision methodNotAllowed(String allow) {
        return new Decision.Refuse(405, "This address takes " + allow + " only.", allow);
    }
}
