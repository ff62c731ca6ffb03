package io.pingate.servlet;

import io.pingate.AccessToken;
import io.pingate.AttemptLimiter;
import io.pingate.GateCookie;
import io.pingate.KeyRing;
import io.pingate.PinGate;
import io.pingate.PinGateBuilder;
import io.pingate.PinGatePaths;
import io.pingate.TokenStanding;
import io.pingate.UsedLinks;
import io.pingate.http.syntax.CommaList;
import io.pingate.http.syntax.PathPatterns;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.forwarded.ForwardedHeaders;
import io.pingate.proxy.forwarded.TrustedProxies;
import io.pingate.proxy.headers.IdentityHeaders;
import io.pingate.servlet.audit.AuditSettings;
import io.pingate.servlet.config.Appearance;
import io.pingate.servlet.config.CookieKeys;
import io.pingate.servlet.config.ForwardAuthSettings;
import io.pingate.servlet.config.FrameAncestors;
import io.pingate.servlet.config.Identity;
import io.pingate.servlet.config.PinChoice;
import io.pingate.servlet.config.PublicUrl;
import io.pingate.servlet.config.Routes;
import io.pingate.servlet.config.StateConfig;
import io.pingate.servlet.config.StreamEnds;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.event.GateListeners;
import io.pingate.servlet.llm.LlmSettings;
import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.pass.KeptUses;
import io.pingate.servlet.pass.PassOffice;
import io.pingate.servlet.pass.RememberedUses;
import io.pingate.servlet.preset.Presets;
import io.pingate.servlet.proxy.intercept.ExchangeInterceptor;
import io.pingate.servlet.proxy.theme.ThemeInterceptor;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.settings.Values;
import io.pingate.servlet.state.Epoch;
import io.pingate.servlet.state.StateFolder;
import io.pingate.servlet.throttle.BucketAttemptLimiter;
import io.pingate.servlet.webapp.WebappView;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.event.Level;

/** What a gate was set to, checked as a whole. The names and defaults are those of {@link Setting}. */
public final class PinGateSettings {
    /** The servlet context's attribute in which filter and proxy find the settings of the whole webapp. */
    public static final String ATTRIBUTE = "io.pingate.settings";

    private final String host;
    private final int port;
    private final PinChoice pin;
    private final KeyRing keys;
    private final PassOffice passes;
    private final UsedLinks usedLinks;
    private final Optional<String> publicUrl;
    private final boolean qr;
    private final Epoch epoch;
    private final AttemptLimiter limiter = new BucketAttemptLimiter();
    private final OnePinAtATime onePinAtATime = new OnePinAtATime();
    private final GateListeners listeners = new GateListeners();
    private final LineWriter logWriter = new LineWriter();
    private final AuditSettings audit;
    private final String cookieName;
    private final Optional<String> cookieDomain;
    private final Duration sessionLifetime;
    private final boolean renew;
    private final StreamEnds streamEnds;
    private final PinGatePaths paths;
    private final List<String> publicPaths;
    private final boolean preflights;
    private final ForwardedHeaders forwarded;
    private final ForwardAuthSettings forwardAuth;
    private final RouteTable routes;
    private final boolean inFrames;
    private final Dress dress;
    private final WebappView webappView;
    private final UpstreamTls upstreamTls;
    private final ExchangeInterceptor.Factory interceptor;
    private final Duration upstreamTimeout;
    private final Duration connectTimeout;
    private final Level logLevel;
    private final Optional<String> app;
    private final boolean identity;
    private final List<String> appLines;
    private final List<String> warnings;

    private PinGateSettings(SettingsReader settings, boolean ownListener) {
        AppDefaults app = AppDefaults.NONE;
        app = settings.optional(Setting.APP, Presets::named).orElse(app);
        settings.addDefaults(app.settings());
        this.host = settings.required(Setting.HOST, ownListener ? Values::host : Function.identity());
        this.port = settings.required(Setting.PORT, Values::port);
        this.pin = PinChoice.read(settings, ownListener ? Optional.of(host) : Optional.empty());
        StateFolder state = StateConfig.folder(settings);
        CookieKeys cookieKeys = new CookieKeys(settings, state);
        this.epoch = StateConfig.epoch(settings, state);
        this.cookieName = settings.required(Setting.COOKIE_NAME, name -> new GateCookie(name).name());
        this.sessionLifetime = settings.required(Setting.SESSION_DAYS, Values::days);
        this.renew = settings.required(Setting.SESSION_RENEW, Values::truth);
        this.streamEnds = settings.required(Setting.END_STREAMS, StreamEnds::of);
        this.paths = settings.required(Setting.GATE_PATH, PinGatePaths::under);
        this.publicPaths = settings.optional(Setting.PUBLIC_PATHS, PinGateSettings::publicPaths)
                .orElseGet(List::of);
        this.preflights = settings.required(Setting.PREFLIGHT, Values::truth);
        TrustedProxies trusted = settings.optional(Setting.TRUSTED_PROXIES, TrustedProxies::of)
                .orElseGet(TrustedProxies::loopbackAndPrivate);
        this.forwarded = new ForwardedHeaders(trusted);
        IdentityHeaders identity = Identity.read(settings, app);
        this.identity = identity.tellAnything();
        this.publicUrl = settings.optional(Setting.PUBLIC_URL, PublicUrl::of);
        this.cookieDomain = settings.optional(Setting.COOKIE_DOMAIN, text -> new GateCookie(cookieName, text).domain());
        this.forwardAuth = ForwardAuthSettings.read(
                settings, trusted, identity, cookieDomain.isPresent() ? publicUrl : Optional.empty());
        List<Route> mounted = new ArrayList<>();
        LlmSettings.route(settings, cookieName, paths.form(), identity).ifPresent(mounted::add);
        this.routes = Routes.read(settings, cookieName, identity, mounted);
        String ancestors =
                settings.optional(Setting.FRAME_ANCESTORS, FrameAncestors::of).orElse("");
        this.inFrames = !ancestors.isEmpty();
        this.dress = new Dress(Appearance.read(settings), ancestors);
        this.webappView = new WebappView(
                identity, settings.optional(Setting.TRUSTED_EMAIL, Function.identity()), new GateCookie(cookieName));
        this.upstreamTls = UpstreamTls.read(settings, Routes.tool(routes).upstream());
        ExchangeInterceptor.Factory changes = resources -> ExchangeInterceptor.NONE;
        changes = ThemeInterceptor.read(settings, paths.form()).orElse(changes);
        this.interceptor = changes;
        this.upstreamTimeout = settings.required(Setting.UPSTREAM_TIMEOUT, Values::duration);
        this.connectTimeout = settings.required(Setting.CONNECT_TIMEOUT, Values::duration);
        this.logLevel = settings.required(Setting.LOG_LEVEL, Values::logLevel);
        this.audit = AuditSettings.read(settings, ownListener);
        this.qr = settings.required(Setting.QR, Values::truth);
        this.app = settings.optional(Setting.APP, Function.identity());
        this.appLines = app.lines();
        settings.finish();
        this.keys = cookieKeys.ring(settings, pin);
        this.passes = new PassOffice(keys.withEpoch(epoch.now().number()), cookieKeys.areKept(), state);
        this.usedLinks = cookieKeys.areKept() ? new KeptUses(state) : new RememberedUses();
        this.warnings = settings.warnings();
    }

    /**
     * Reads the settings of a gate that listens by itself, on {@link #host()}.
     *
     * @param sources where to look; an earlier one wins. The file that {@link Setting#CONFIG} names comes last by itself
     * @return the settings
     * @throws SettingsException with every fault at once
     */
    public static PinGateSettings load(SettingsSource... sources) {
        return new PinGateSettings(new SettingsReader(List.of(sources)), true);
    }

    /**
     * Reads the settings of a gate in a servlet container. Where the container listens is unknown, so there is no sample
     * PIN: one has to be set.
     *
     * @param sources where to look; an earlier one wins. The file that {@link Setting#CONFIG} names comes last by itself
     * @return the settings
     * @throws SettingsException with every fault at once
     */
    public static PinGateSettings loadInContainer(SettingsSource... sources) {
        return new PinGateSettings(new SettingsReader(List.of(sources)), false);
    }

    /**
     * The settings of a webapp, the very ones that its filter goes by.
     *
     * @param context the webapp's
     * @return the settings
     * @throws ServletException with every fault at once
     */
    public static PinGateSettings of(ServletContext context) throws ServletException {
        return WebappSettings.of(context, Collections.emptyEnumeration(), name -> null);
    }

    /** A gate of these settings in a webapp, for the time of a mark; {@code contextPath} is empty for one at the root. */
    PinGate gate(String contextPath, Epoch.Mark mark) {
        PinGateBuilder gate = PinGate.builder();
        cookieDomain.ifPresent(gate::cookieDomain);
        return gate.pin(pin.pin())
                .keys(keys.withEpoch(mark.number()))
                .limiter(limiter)
                .pinCheck(onePinAtATime)
                .cookieName(cookieName)
                .sessionLifetime(sessionLifetime)
                .renew(renew)
                .gatePath(contextPath + paths.form())
                .publicPaths(
                        publicPaths.stream().map(path -> contextPath + path).toList())
                .preflights(preflights)
                .inFrames(inFrames)
                .loopbackHostsOnly(pin.isSample())
                .neverPublic(routes::isAlwaysPrivate)
                .tokenStanding(this::standing)
                .contextPath(contextPath)
                .usedLinks(usedLinks)
                .build();
    }

    private TokenStanding standing(AccessToken token) {
        return switch (epoch.revoked().standing(token.id())) {
            case GOOD -> TokenStanding.GOOD;
            case REVOKED -> TokenStanding.REVOKED;
            case UNKNOWN -> TokenStanding.UNKNOWN;
        };
    }

    /** {@return those who hear what happens at this gate; more can be added at any time} */
    public GateListeners listeners() {
        return listeners;
    }

    /** {@return where the audit log goes} */
    AuditSettings audit() {
        return audit;
    }

    /** {@return what writes the gate's own logs, so that no request waits for them} */
    public LineWriter logWriter() {
        return logWriter;
    }

    /** {@return where people reach the gate, without a slash at the end; empty when nobody has said so} */
    public Optional<String> publicUrl() {
        return publicUrl;
    }

    /** {@return whether a start on a terminal shows a code that signs in} */
    public boolean qr() {
        return qr;
    }

    /** {@return how long a sign-in lasts} */
    public Duration sessionLifetime() {
        return sessionLifetime;
    }

    /** {@return what makes, lists and ends tokens of this gate, for commands} */
    public PassOffice passes() {
        return passes;
    }

    /** {@return where a standalone gate listens: an address or a host name} */
    public String host() {
        return host;
    }

    /** {@return the port on which a standalone gate listens; 0 for any free one} */
    public int port() {
        return port;
    }

    /** {@return what gave the PIN: the name of a setting, or {@code sample}} */
    public String pinOrigin() {
        return pin.origin();
    }

    /** {@return the PIN when it is the sample that every gate has which nobody has set up; empty when it is a secret} */
    public Optional<String> samplePin() {
        return pin.isSample() ? Optional.of(pin.text()) : Optional.empty();
    }

    /** {@return where the gate's own pages live, without a webapp's context path} */
    public PinGatePaths paths() {
        return paths;
    }

    /** {@return where the gate's own pages live, below the webapp's context path; {@code /pin} by default} */
    public String gatePath() {
        return paths.form();
    }

    /** Whether everybody is to be signed out. */
    Epoch epoch() {
        return epoch;
    }

    /** Looks whether everybody is to be signed out, at most once a second; requests do so by themselves. */
    public void heedSignOut() {
        epoch.now();
    }

    /**
     * Has files that may have changed be looked at by another thread than the request's, which must not wait.
     *
     * @param executor lends the threads
     */
    public void lookElsewhere(Executor executor) {
        epoch.lookOn(executor);
    }

    /** Whose streams end with their session. */
    StreamEnds streamEnds() {
        return streamEnds;
    }

    boolean pinIsDigits() {
        return pin.pin().isDigits();
    }

    /** {@return a sentence on what the PIN withstands, for the log} */
    public String pinStrength() {
        return pin.strength();
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

    /** {@return what the gate's own pages look like} */
    public Dress dress() {
        return dress;
    }

    /** What a webapp behind the filter sees of its requests. */
    WebappView webappView() {
        return webappView;
    }

    /** {@return by what an https upstream is known} */
    public UpstreamTls upstreamTls() {
        return upstreamTls;
    }

    /** {@return what makes the interceptor of the proxy's exchanges} */
    public ExchangeInterceptor.Factory interceptor() {
        return interceptor;
    }

    /** {@return how long to wait for the head of the upstream's response, more than zero} */
    public Duration upstreamTimeout() {
        return upstreamTimeout;
    }

    /** {@return how long to wait for a connection to the upstream, more than zero} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@return how much a standalone gate logs} */
    public Level logLevel() {
        return logLevel;
    }

    /** {@return the preset that is set; empty for none} */
    public Optional<String> app() {
        return app;
    }

    /** {@return whether the upstream is told who is signed in} */
    public boolean tellsIdentity() {
        return identity;
    }

    /** {@return lines for the configuration of the program that {@link Setting#APP} names, to be told at start} */
    public List<String> appLines() {
        return appLines;
    }

    /** {@return what works but should be looked at, to be told at start; sentences without secrets} */
    public List<String> warnings() {
        return warnings;
    }

    /** Leaves out everything, since some of it is secret. */
    @Override
    public String toString() {
        return "PinGateSettings[" + host + ":" + port + "]";
    }

    /** Lets the core judge the list by itself, so that a fault is told with the setting's name. */
    private static List<String> publicPaths(String text) {
        List<String> paths = CommaList.of(text);
        PathPatterns.of("public paths", paths);
        return paths;
    }
}
