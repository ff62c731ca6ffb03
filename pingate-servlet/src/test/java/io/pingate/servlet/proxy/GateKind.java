package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.BegunExchanges;
import java.util.stream.Stream;

/** The containers that the gate is tried in. */
@SuppressWarnings("ImmutableEnumChecker") // constructors, which hold nothing
public enum GateKind {
    /** Below the servlets, as in the standalone. */
    HANDLER(EmbeddedHandler::new, EmbeddedHandler::new),
    JETTY(EmbeddedJetty::new, EmbeddedJetty::new),
    /** Version 10.1, or 11 where that is on the class path. */
    TOMCAT(settings -> new EmbeddedTomcat(settings, "org.apache.coyote.http11.Http11NioProtocol"), EmbeddedTomcat::new),
    /** One that the gate has no ways of its own for. */
    UNDERTOW(EmbeddedUndertow::new, EmbeddedUndertow::new);

    private interface Starter<T> {
        Gate start(T served) throws Exception;
    }

    private final Starter<PinGateSettings> whole;
    private final Starter<BegunExchanges> halves;

    GateKind(Starter<PinGateSettings> whole, Starter<BegunExchanges> halves) {
        this.whole = whole;
        this.halves = halves;
    }

    public Gate start(PinGateSettings settings) throws Exception {
        return whole.start(settings);
    }

    /** The client's halves of exchanges alone, with no gate before them. */
    public Gate start(BegunExchanges exchanges) throws Exception {
        return halves.start(exchanges);
    }

    /** All, or the one that the build names. */
    public static Stream<GateKind> underTest() {
        String only = System.getProperty("pingate.test.container");
        return Stream.of(values()).filter(kind -> only == null || only.equals(kind.name()));
    }

    /** Those that the gate promises to run in. */
    public static Stream<GateKind> promised() {
        return underTest().filter(kind -> kind != UNDERTOW);
    }
}
