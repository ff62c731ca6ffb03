package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The drop-in WAR in Tomcats whose host has no ErrorReportValve, which is what cuts broken responses elsewhere. */
class TomcatWithoutValveIT {
    private static Stage tomcat10;
    private static Stage tomcat11;

    @BeforeAll
    static void open() throws Exception {
        tomcat10 = Stage.open("tomcat10-without-valve", TomcatGate.withoutValve(TomcatGate.tomcat10()));
        tomcat11 = Stage.open("tomcat11-without-valve", TomcatGate.withoutValve(TomcatGate.tomcat11()));
    }

    @AfterAll
    static void close() throws Exception {
        tomcat10.close();
        tomcat11.close();
    }

    @Nested
    class Tomcat10 extends ConnectionEndContract {
        Tomcat10() {
            super(tomcat10);
        }
    }

    @Nested
    class Tomcat11 extends ConnectionEndContract {
        Tomcat11() {
            super(tomcat11);
        }
    }
}
