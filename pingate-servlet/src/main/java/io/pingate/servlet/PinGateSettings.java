package io.pingate.servlet;

import io.pingate.AttemptLimiter;
import io.pingate.KeyRing;
import io.pingate.Pin;
import io.pingate.PinGate;
import io.pingate.PinGateBuilder;
import io.pingate.PinStrength;
import io.pingate.SigningKey;
import io.pingate.proxy.ForwardedHeaders;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.TrustedProxies;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a gate was set to, checked as a whole. The names and defaults are those of {@link Setting}. */
public final class PinGateSettings {
    /** The servlet context's attribute in which filter and proxy find the settings of the whole webapp. */
    public static final String ATTRIBUTE = "io.pingate.settings";

    private static final Logger LOG = LoggerFactory.getLogger(PinGateSettings.class);

    private final String host;
    private final int port;
    private final PinChoice pin;
    private final KeyRing keys;
    private final AttemptLimiter limiter = new BucketAttemptLimiter();
    private final String cookieName;
    private final Duration sessionLifetime;
    private final boolean renew;
    private final String gatePath;
    private final List<String> publicPaths;
    private final ForwardedHeaders forwarded;
    private final RouteTable routes;
    private final Optional<ThemeFile> theme;
    private final Duration upstreamTimeout;
    private final Duration connectTimeout;
    private final Level logLevel;
    private final List<String> warnings;

    private PinGateSettings(SettingsReader settings, boolean ownListener) {
        this.host = settings.required(Setting.HOST, Function.identity());
        this.port = settings.required(Setting.PORT, Values::port);
        this.pin = PinChoice.read(settings, ownListener ? Optional.of(host) : Optional.empty());
        CookieKeys cookieKeys = new CookieKeys(settings);
        this.cookieName = settings.required(Setting.COOKIE_NAME, name -> usable(name, PinGateBuilder::cookieName));
        this.sessionLifetime = settings.required(Setting.SESSION_DAYS, Values::days);
        this.renew = settings.required(Setting.SESSION_RENEW, Values::truth);
        this.gatePath = settings.required(Setting.GATE_PATH, path -> usable(path, PinGateBuilder::gatePath));
        this.publicPaths = settings.optional(
                        Setting.PUBLIC_PATHS, paths -> usable(Values.list(paths), PinGateBuilder::publicPaths))
                .orElseGet(List::of);
        this.forwarded = new ForwardedHeaders(settings.optional(Setting.TRUSTED_PROXIES, TrustedProxies::parse)
                .orElseGet(TrustedProxies::loopbackAndPrivate));
        this.routes = Routes.read(settings, cookieName, gatePath);
        this.theme = settings.optional(Setting.THEME_CSS_PATH, file -> ThemeFile.open(Values.readableFile(file)));
        this.upstreamTimeout = settings.required(Setting.UPSTREAM_TIMEOUT, Values::duration);
        this.connectTimeout = settings.required(Setting.CONNECT_TIMEOUT, Values::duration);
        this.logLevel = settings.required(Setting.LOG_LEVEL, Values::logLevel);
        settings.finish();
        this.keys = cookieKeys.ring(settings, pin);
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
        return of(context, Collections.emptyEnumeration(), name -> null);
    }

    /**
     * The settings of a webapp: those that its embedder put into the context's {@linkplain #ATTRIBUTE attribute}, else
     * what init-parameters, context parameters, system properties and environment say, which then stands there for the
     * others. A filter with init-parameters of its own goes by them.
     */
    static PinGateSettings of(
            ServletContext context, Enumeration<String> names, Function<String, @Nullable String> initParameters)
            throws ServletException {
        if (!names.hasMoreElements() && context.getAttribute(ATTRIBUTE) instanceof PinGateSettings settings) {
            return settings;
        }
        try {
            PinGateSettings settings = loadInContainer(
                    SettingsSource.initParameters(initParameters),
                    SettingsSource.contextParameters(context::getInitParameter),
                    SettingsSource.systemProperties(System::getProperty),
                    SettingsSource.environment(System::getenv));
            settings.warnings().forEach(LOG::warn);
            LOG.info(settings.pinStrength());
            if (context.getAttribute(ATTRIBUTE) == null) {
                context.setAttribute(ATTRIBUTE, settings);
            }
            return settings;
        } catch (SettingsException e) {
            throw new ServletException("pingate can't start:\n" + e.getMessage(), e);
        }
    }

    /** A gate of these settings in a webapp; {@code contextPath} is empty for one at the root. */
    PinGate gate(String contextPath) {
        return PinGate.builder()
                .pin(pin.pin())
                .keys(keys)
                .limiter(limiter)
                .cookieName(cookieName)
                .sessionLifetime(sessionLifetime)
                .renew(renew)
                .gatePath(contextPath + gatePath)
                .publicPaths(
                        publicPaths.stream().map(path -> contextPath + path).toList())
                .build();
    }

    /**
     * Where a standalone gate listens.
     *
     * @return an address or a host name
     */
    public String host() {
        return host;
    }

    /**
     * The port on which a standalone gate listens.
     *
     * @return 0 for any free one
     */
    public int port() {
        return port;
    }

    /**
     * What gave the PIN.
     *
     * @return the name of a setting, or {@code sample}
     */
    public String pinOrigin() {
        return pin.origin();
    }

    /**
     * Where the gate's own pages live, below the webapp's context path.
     *
     * @return for example {@code /pin}
     */
    public String gatePath() {
        return gatePath;
    }

    boolean pinIsDigits() {
        return pin.pin().isDigits();
    }

    /**
     * What the PIN withstands, for the log.
     *
     * @return a sentence
     */
    public String pinStrength() {
        PinStrength strength =
                PinStrength.of(pin.pin(), BucketAttemptLimiter.ALL_TRIES, BucketAttemptLimiter.ALL_TRIES_AN_HOUR);
        String budget = "All clients together get " + strength.guessesADay() + " guesses at the PIN a day";
        OptionalDouble days = strength.daysToHalf();
        return days.isEmpty()
                ? budget + "."
                : budget + String.format(Locale.ROOT, ": half of all PINs like it in %.0f days.", days.getAsDouble());
    }

    /** The judge of who the client is and how it came. */
    ForwardedHeaders forwarded() {
        return forwarded;
    }

    /**
     * Where requests go to.
     *
     * @return the LLM server's route when it is on, and that of the program behind the gate
     */
    public RouteTable routes() {
        return routes;
    }

    /**
     * The style sheet to put into HTML pages.
     *
     * @return its file, which could be used at start
     */
    public Optional<ThemeFile> theme() {
        return theme;
    }

    /**
     * How long to wait for the head of the upstream's response.
     *
     * @return more than zero
     */
    public Duration upstreamTimeout() {
        return upstreamTimeout;
    }

    /**
     * How long to wait for a connection to the upstream.
     *
     * @return more than zero
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /**
     * How much a standalone gate logs.
     *
     * @return the level
     */
    public Level logLevel() {
        return logLevel;
    }

    /**
     * What works, but should be looked at. To be told at start.
     *
     * @return sentences without secrets
     */
    public List<String> warnings() {
        return warnings;
    }

    /** Leaves out everything, since some of it is secret. */
    @Override
    public String toString() {
        return "PinGateSettings[" + host + ":" + port + "]";
    }

    /** Lets the core judge a value by itself, so that a fault is told with the setting's name. */
    private static <T> T usable(T value, BiConsumer<PinGateBuilder, T> setter) {
        PinGateBuilder probe = PinGate.builder()
                .pin(Pin.of("probe"))
                .keys(KeyRing.of(SigningKey.of("probe")))
                .limiter(new BucketAttemptLimiter());
        setter.accept(probe, value);
        probe.build();
        return value;
    }
}
