package io.pingate.servlet.proxy;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.proxy.client.BegunExchanges;
import java.util.stream.Stream;

/** The containers that the gate is tried in. */
public enum GateKind {
    /** Below the servlets, as in the standalone. */
    HANDLER {
        @Override
        public Gate start(PinGateSettings settings) throws Exception {
            return new EmbeddedHandler(settings);
        }

        @Override
        public Gate start(BegunExchanges exchanges) throws Exception {
            return new EmbeddedHandler(exchanges);
        }
    },
    JETTY {
        @Override
        public Gate start(PinGateSettings settings) throws Exception {
            return new EmbeddedJetty(settings);
        }

        @Override
        public Gate start(BegunExchanges exchanges) throws Exception {
            return new EmbeddedJetty(exchanges);
        }
    },
    /** Version 10.1, or 11 where that is on the class path. */
    TOMCAT {
        @Override
        public Gate start(PinGateSettings settings) throws Exception {
            return new EmbeddedTomcat(settings, "org.apache.coyote.http11.Http11NioProtocol");
        }

        @Override
        public Gate start(BegunExchanges exchanges) throws Exception {
            return new EmbeddedTomcat(exchanges);
        }
    },
    /** One that the gate has no ways of its own for. */
    UNDERTOW {
        @Override
        public Gate start(PinGateSettings settings) throws Exception {
            return new EmbeddedUndertow(settings);
        }

        @Override
        public Gate start(BegunExchanges exchanges) throws Exception {
            return new EmbeddedUndertow(exchanges);
        }
    };

    public abstract Gate start(PinGateSettings settings) throws Exception;

    /** The client's halves of exchanges alone, with no gate before them. */
    public abstract Gate start(BegunExchanges exchanges) throws Exception;

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
