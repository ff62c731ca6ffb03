package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract for a gate with nothing but what it must have, wherever it runs. */
class PlainIT {
    private static Stage standalone;
    private static Stage tomcat10;
    private static Stage tomcat11;
    private static Stage jetty;

    @BeforeAll
    static void open() throws Exception {
        standalone = Stage.openPlain("plain-standalone", StandaloneGate::new);
        tomcat10 = Stage.openPlain("plain-tomcat10", TomcatGate.tomcat10());
        tomcat11 = Stage.openPlain("plain-tomcat11", TomcatGate.tomcat11());
        jetty = Stage.openPlain("plain-jettywar", JettyGate::new);
    }

    @AfterAll
    static void close() throws Exception {
        for (Stage stage : new Stage[] {standalone, tomcat10, tomcat11, jetty}) {
            if (stage != null) {
                stage.close();
            }
        }
    }

    @Nested
    class Standalone extends PlainGateContract {
        Standalone() {
            super(standalone);
        }
    }

    @Nested
    class Tomcat10 extends PlainGateContract {
        Tomcat10() {
            super(tomcat10);
        }
    }

    @Nested
    class Tomcat11 extends PlainGateContract {
        Tomcat11() {
            super(tomcat11);
        }
    }

    @Nested
    class JettyWar extends PlainGateContract {
        JettyWar() {
            super(jetty);
        }
    }
}
