package io.pingate.servlet;

import io.pingate.AccessToken;
import io.pingate.GateCookie;
import io.pingate.KeyRing;
import io.pingate.PinGate;
import io.pingate.PinGateBuilder;
import io.pingate.TokenStanding;
import io.pingate.http.syntax.CommaList;
import io.pingate.http.syntax.PathPatterns;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.TrustedProxies;
import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.servlet.config.Appearance;
import io.pingate.servlet.config.CookieKeys;
import io.pingate.servlet.config.ForwardAuthSettings;
import io.pingate.servlet.config.FrameAncestors;
import io.pingate.servlet.config.Identity;
import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.config.PinChoice;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.config.StreamEnds;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.llm.LlmSettings;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import io.pingate.servlet.proxy.theme.ThemeInterceptor;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.webapp.WebappView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a gate goes by at one moment, as far as it may be another at the next: read and checked as a whole, and never
 * changed. A request goes by those that it began with.
 */
public final class GateTerms {
    private final Foundation foundation;
    private final PinChoice pin;
    private final KeyRing keys;
    private final boolean keysAreKept;
    private final Era era;
    private final Duration sessionLifetime;
    private final boolean renew;
    private final StreamEnds streamEnds;
    private final List<String> publicPaths;
    private final boolean preflights;
    private final ForwardedHeaders forwarded;
    private final ForwardAuthSettings forwardAuth;
    private final RouteTable routes;
    private final UpstreamTls upstreamTls;
    private final Optional<ListenerTls> listenerTls;
    private final boolean inFrames;
    private final Dress dress;
    private final WebappView webappView;
    private final ExchangeInterceptor.Factory interceptor;
    private final List<String> warnings;

    /** The time in which whoever was signed in stays so; there may be several terms in it. */
    static final class Era {
        private volatile boolean over;

        boolean isOver() {
            return over;
        }
    }

    /**
     * Reads all of them.
     *
     * @param settings where they are written
     * @param foundation what they stand on
     * @param before those whose place they take; null for the first
     * @throws SettingsException with every fault at once
     */
    GateTerms(SettingsReader settings, Foundation foundation, @Nullable GateTerms before) {
        this.foundation = foundation;
        this.pin = pin(settings, foundation, before);
        CookieKeys cookieKeys = new CookieKeys(settings, foundation.ownKey);
        this.sessionLifetime = settings.required(Setting.SESSION_DAYS, Values::days);
        this.renew = settings.required(Setting.SESSION_RENEW, Values::truth);
        this.streamEnds = settings.required(Setting.END_STREAMS, StreamEnds::of);
        this.publicPaths =
                settings.optional(Setting.PUBLIC_PATHS, GateTerms::publicPaths).orElseGet(List::of);
        this.preflights = settings.required(Setting.PREFLIGHT, Values::truth);
        TrustedProxies trusted = settings.optional(Setting.TRUSTED_PROXIES, TrustedProxies::of)
                .orElseGet(TrustedProxies::loopbackAndPrivate);
        this.forwarded = new ForwardedHeaders(trusted);
        IdentityHeaders identity = Identity.read(settings, foundation.app);
        this.forwardAuth = ForwardAuthSettings.read(
                settings,
                trusted,
                identity,
                foundation.cookieDomain.isPresent() ? foundation.publicUrl : Optional.empty());
        String gatePath = foundation.paths.form();
        List<Route> mounted = new ArrayList<>();
        LlmSettings.route(settings, foundation.cookieName, gatePath, identity).ifPresent(mounted::add);
        this.routes = Routes.read(settings, foundation.cookieName, identity, mounted);
        this.upstreamTls = UpstreamTls.read(settings, Routes.upstream(settings));
        this.listenerTls = listenerTls(settings, foundation, before);
        String ancestors =
                settings.optional(Setting.FRAME_ANCESTORS, FrameAncestors::of).orElse("");
        this.inFrames = !ancestors.isEmpty();
        this.dress = new Dress(Appearance.read(settings), ancestors);
        this.webappView = new WebappView(
                identity,
                settings.optional(Setting.TRUSTED_EMAIL, Function.identity()),
                new GateCookie(foundation.cookieName));
        ExchangeInterceptor.Factory changes = resources -> ExchangeInterceptor.NONE;
        changes = ThemeInterceptor.read(settings, gatePath).orElse(changes);
        this.interceptor = changes;
        settings.finish();
        this.keys = cookieKeys.ring(settings, pin);
        this.keysAreKept = cookieKeys.areKept();
        this.era = before != null && keepsSessionsOf(before) ? before.era : new Era();
        this.warnings = settings.warnings();
    }

    /** The sample is for a gate that nobody has set up: none that has had a PIN is left open because it is gone. */
    private static PinChoice pin(SettingsReader settings, Foundation foundation, @Nullable GateTerms before) {
        PinChoice pin = PinChoice.read(settings, foundation.listenHost);
        if (pin.isSample() && before != null && !before.pin.isSample()) {
            settings.fault(Setting.PIN, "no PIN is set any more; write one");
        }
        return pin;
    }

    /** In a container it is the container's. What listens does so with TLS or without as long as it runs. */
    private static Optional<ListenerTls> listenerTls(
            SettingsReader settings, Foundation foundation, @Nullable GateTerms before) {
        if (foundation.listenHost.isEmpty()) {
            return Optional.empty();
        }
        boolean given = settings.isGiven(Setting.TLS_CERT_FILE);
        if (before != null && before.listenerTls.isPresent() != given) {
            settings.fault(
                    Setting.TLS_CERT_FILE,
                    given ? "TLS begins with the next start" : "TLS ends with the next start; until then, name a file");
            return Optional.empty();
        }
        return ListenerTls.read(settings);
    }

    private boolean keepsSessionsOf(GateTerms before) {
        return keys.covers(before.keys) && sessionLifetime.compareTo(before.sessionLifetime) >= 0;
    }

    /** Lets the core judge the list by itself, so that a fault is told with the setting's name. */
    private static List<String> publicPaths(String text) {
        List<String> paths = CommaList.of(text);
        PathPatterns.of("public paths", paths);
        return paths;
    }

    /** They have taken the place of others. Returns whether whoever was signed in has to do so anew. */
    boolean supersede(GateTerms before) {
        boolean over = era != before.era;
        before.era.over = over;
        return over;
    }

    /** A gate of these terms in a webapp, for the time of a mark; {@code contextPath} is empty for one at the root. */
    PinGate gate(String contextPath, Epoch.Mark mark) {
        PinGateBuilder gate = PinGate.builder();
        foundation.cookieDomain.ifPresent(gate::cookieDomain);
        return gate.pin(pin.pin())
                .keys(keys.withEpoch(mark.number()))
                .limiter(foundation.limiter)
                .pinCheck(foundation.onePinAtATime)
                .cookieName(foundation.cookieName)
                .sessionLifetime(sessionLifetime)
                .renew(renew)
                .gatePath(contextPath + foundation.paths.form())
                .publicPaths(
                        publicPaths.stream().map(path -> contextPath + path).toList())
                .preflights(preflights)
                .inFrames(inFrames)
                .loopbackHostsOnly(pin.isSample())
                .neverPublic(routes::isAlwaysPrivate)
                .tokenStanding(this::standing)
                .contextPath(contextPath)
                .usedLinks(foundation.usedLinks(keysAreKept))
                .build();
    }

    private TokenStanding standing(AccessToken token) {
        return switch (foundation.epoch.revoked().standing(token.id())) {
            case GOOD -> TokenStanding.GOOD;
            case REVOKED -> TokenStanding.REVOKED;
            case UNKNOWN -> TokenStanding.UNKNOWN;
        };
    }

    /** Whether these are terms of the gate that stands on a foundation. */
    boolean standOn(Foundation other) {
        return foundation == other;
    }

    PinChoice pin() {
        return pin;
    }

    KeyRing keys() {
        return keys;
    }

    boolean keysAreKept() {
        return keysAreKept;
    }

    Era era() {
        return era;
    }

    /** How long a sign-in lasts. */
    Duration sessionLifetime() {
        return sessionLifetime;
    }

    /** Whose streams end with their session. */
    StreamEnds streamEnds() {
        return streamEnds;
    }

    /** The judge of who the client is and how it came. */
    ForwardedHeaders forwarded() {
        return forwarded;
    }

    /** What proxies are answered by that ask about their requests. */
    ForwardAuthSettings forwardAuth() {
        return forwardAuth;
    }

    /** {@return where requests go to: the LLM server's route when it is on, then the tool's} */
    public RouteTable routes() {
        return routes;
    }

    /** {@return by what an https upstream is known} */
    public UpstreamTls upstreamTls() {
        return upstreamTls;
    }

    /** {@return what a gate that listens by itself speaks TLS with; empty for one that speaks none} */
    public Optional<ListenerTls> listenerTls() {
        return listenerTls;
    }

    /** {@return what the gate's own pages look like} */
    public Dress dress() {
        return dress;
    }

    /** What a webapp behind the filter sees of its requests. */
    WebappView webappView() {
        return webappView;
    }

    /** {@return what makes the interceptor of the proxy's exchanges} */
    public ExchangeInterceptor.Factory interceptor() {
        return interceptor;
    }

    /** What works but should be looked at. */
    List<String> warnings() {
        return warnings;
    }

    /** Leaves out everything, since some of it is secret. */
    @Override
    public String toString() {
        return "GateTerms";
    }
}
