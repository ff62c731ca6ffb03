package io.pingate.servlet;

import io.pingate.PinGatePaths;
import io.pingate.http.IpAddress;
import io.pingate.proxy.RouteTable;
import io.pingate.servlet.access.AccessLog;
import io.pingate.servlet.access.AccessSettings;
import io.pingate.servlet.audit.AuditSettings;
import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.config.MetricsAddress;
import io.pingate.servlet.config.PinChoice;
import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.event.GateListeners;
import io.pingate.servlet.head.RequestHead;
import io.pingate.servlet.log.LineWriter;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.pass.PassOffice;
import io.pingate.servlet.preset.Presets;
import io.pingate.servlet.rate.Lookout;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsException;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.servlet.settings.Values;
import io.pingate.servlet.state.Epoch;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * What a gate is set to, checked as a whole. The names and defaults are those of {@link Setting}. What may change while it
 * runs is in its {@link #now() terms}; the rest stays.
 */
public final class PinGateSettings {
    /** The servlet context's attribute in which filter and proxy find the settings of the whole webapp. */
    public static final String ATTRIBUTE = "io.pingate.settings";

    private final Lookout lookout;
    private final Foundation foundation;
    private final LiveTerms terms;
    private final String host;
    private final int port;
    private final boolean qr;
    private final Readiness readiness = new Readiness(System::nanoTime);
    private final GateListeners listeners = new GateListeners();
    private final LineWriter logWriter = new LineWriter();
    /** Of its own: a terminal that takes no more of it is not to keep the audit log from its file. */
    private final LineWriter accessLogWriter = new LineWriter();

    private final AuditSettings audit;
    private final AccessSettings access;
    private final Optional<MetricsAddress> metrics;
    private final Duration upstreamTimeout;
    private final Duration connectTimeout;
    private final Level logLevel;
    private final Optional<String> app;

    private PinGateSettings(List<SettingsSource> sources, boolean ownListener, LongSupplier nanoTime) {
        this.lookout = new Lookout(nanoTime);
        SettingsReader settings = new SettingsReader(sources);
        AppDefaults known = AppDefaults.NONE;
        known = settings.optional(Setting.APP, Presets::named).orElse(known);
        settings.addDefaults(known.settings());
        this.host = settings.required(Setting.HOST, ownListener ? Values::host : Function.identity());
        this.port = settings.required(Setting.PORT, Values::port);
        this.foundation = new Foundation(settings, known, ownListener ? Optional.of(host) : Optional.empty(), lookout);
        this.upstreamTimeout = settings.required(Setting.UPSTREAM_TIMEOUT, Values::duration);
        this.connectTimeout = settings.required(Setting.CONNECT_TIMEOUT, Values::duration);
        this.logLevel = settings.required(Setting.LOG_LEVEL, Values::logLevel);
        this.audit = AuditSettings.read(settings, ownListener);
        this.access = AccessSettings.read(settings);
        this.metrics = MetricsAddress.read(settings, ownListener);
        this.qr = settings.required(Setting.QR, Values::truth);
        this.app = settings.optional(Setting.APP, Function.identity());
        this.terms = new LiveTerms(settings, sources, foundation);
        lookout.add(terms::lookAtFiles);
    }

    /**
     * Reads the settings of a gate that listens by itself, on {@link #host()}.
     *
     * @param sources where to look; an earlier one wins. The file that {@link Setting#CONFIG} names comes last by itself
     * @return the settings
     * @throws SettingsException with every fault at once
     */
    public static PinGateSettings load(SettingsSource... sources) {
        return new PinGateSettings(List.of(sources), true, System::nanoTime);
    }

    /** The same, by a clock that says when files are due for a look. */
    static PinGateSettings load(LongSupplier nanoTime, SettingsSource... sources) {
        return new PinGateSettings(List.of(sources), true, nanoTime);
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
        return new PinGateSettings(List.of(sources), false, System::nanoTime);
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

    /**
     * What the gate goes by at the moment. Whoever serves a request asks once, so that it is served by one set of terms.
     *
     * @return the terms
     */
    public GateTerms now() {
        return terms.now();
    }

    /**
     * Tells whether terms are of these settings.
     *
     * @param terms those of a request
     * @return false when they are of others, which a filter may have
     */
    public boolean areThose(GateTerms terms) {
        return terms.standOn(foundation);
    }

    /**
     * Reads everything again that is written where it may have changed: the file that {@link Setting#CONFIG} names, and the
     * files that other settings name. What can change does, as a whole; the log is told of the rest. Never throws because
     * of what is written.
     */
    public void reload() {
        terms.reload();
    }

    /** {@return whether the program behind the gate can be used} */
    public Readiness readiness() {
        return readiness;
    }

    /** {@return those who hear what happens at this gate; more can be added at any time} */
    public GateListeners listeners() {
        return listeners;
    }

    /** {@return where the audit log goes} */
    AuditSettings audit() {
        return audit;
    }

    /**
     * Opens the access log of a gate that is a program of its own.
     *
     * @return the log, which has to be closed; empty when it is off
     */
    public Optional<AccessLog> openAccessLog() {
        return access.open(accessLogWriter, foundation.paths);
    }

    /**
     * Tells whose request it is.
     *
     * @param head the request's
     * @return the client's address, as a trusted proxy tells it
     * @throws IllegalArgumentException when the head has none, with the rule
     */
    public IpAddress client(RequestHead head) {
        return GuardedRequest.client(head, now().forwarded());
    }

    /** {@return what writes the gate's own logs, so that no request waits for them} */
    LineWriter logWriter() {
        return logWriter;
    }

    /** {@return where a standalone gate's figures are to be had; empty for nowhere} */
    public Optional<MetricsAddress> metrics() {
        return metrics;
    }

    /** {@return where people reach the gate, without a slash at the end; empty when nobody has said so} */
    public Optional<String> publicUrl() {
        return foundation.publicUrl;
    }

    /** {@return whether a start on a terminal shows a code that signs in} */
    public boolean qr() {
        return qr;
    }

    /** {@return how long a sign-in lasts} */
    public Duration sessionLifetime() {
        return now().sessionLifetime();
    }

    /** {@return what makes, lists and ends tokens of this gate, for commands} */
    public PassOffice passes() {
        GateTerms now = now();
        return new PassOffice(
                now.keys().withEpoch(foundation.epoch.now().number()),
                now.keysAreKept(),
                foundation.state,
                foundation.shared);
    }

    /** {@return where a standalone gate listens: an address or a host name} */
    public String host() {
        return host;
    }

    /** {@return the port on which a standalone gate listens; 0 for any free one} */
    public int port() {
        return port;
    }

    /** {@return what a standalone gate speaks TLS with, as it is at the moment; empty when it speaks none} */
    public Optional<ListenerTls> listenerTls() {
        return now().listenerTls();
    }

    /** {@return what gave the PIN: the name of a setting, or {@code sample}} */
    public String pinOrigin() {
        return now().pin().origin();
    }

    /** {@return the PIN when it is the sample that every gate has which nobody has set up; empty when it is a secret} */
    public Optional<String> samplePin() {
        PinChoice pin = now().pin();
        return pin.isSample() ? Optional.of(pin.text()) : Optional.empty();
    }

    /** {@return where the gate's own pages live, without a webapp's context path} */
    public PinGatePaths paths() {
        return foundation.paths;
    }

    /** {@return where the gate's own pages live, below the webapp's context path; {@code /pin} by default} */
    public String gatePath() {
        return foundation.paths.form();
    }

    /** Whether everybody is to be signed out. */
    Epoch epoch() {
        return foundation.epoch;
    }

    /** What looks at files that may have changed. */
    Lookout lookout() {
        return lookout;
    }

    /** A gate begins to run by these settings. */
    void announce() {
        foundation.announce();
    }

    /** One of them runs no more. */
    void withdraw() {
        foundation.withdraw();
    }

    /** Looks at files that may have changed, at most once a second; requests do so by themselves. */
    public void heed() {
        lookout.heed();
    }

    /**
     * Has files that may have changed be looked at by another thread than the request's, which must not wait.
     *
     * @param executor lends the threads
     */
    public void lookElsewhere(Executor executor) {
        lookout.lookOn(executor);
    }

    /** {@return a sentence on what the PIN withstands, for the log} */
    public String pinStrength() {
        return now().pin().strength();
    }

    /** {@return where requests go to: the LLM server's route when it is on, then the tool's} */
    public RouteTable routes() {
        return now().routes();
    }

    /** {@return what the gate's own pages look like} */
    public Dress dress() {
        return now().dress();
    }

    /** {@return by what an https upstream is known} */
    public UpstreamTls upstreamTls() {
        return now().upstreamTls();
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
        return now().forwardAuth().identity().tellAnything();
    }

    /** {@return lines for the configuration of the program that {@link Setting#APP} names, to be told at start} */
    public List<String> appLines() {
        return foundation.app.lines();
    }

    /** {@return what works but should be looked at, to be told at start; sentences without secrets} */
    public List<String> warnings() {
        return now().warnings();
    }

    /** Leaves out everything, since some of it is secret. */
    @Override
    public String toString() {
        return "PinGateSettings[" + host + ":" + port + "]";
    }
}
