package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Tokens and links, at each kind of gate. They share the tries at the PIN with whoever else is at a gate, so they have their own. */
class WaysInIT {
    @Nested
    class Standalone {
        private static Stage stage;

        @BeforeAll
        static void open() throws Exception {
            stage = Stage.openFurnished("standalone-ways-in", StandaloneGate::new);
        }

        @AfterAll
        static void close() throws Exception {
            stage.close();
        }

        @Nested
        class Token extends TokenContract {
            Token() {
                super(Standalone.stage);
            }
        }

        @Nested
        class Link extends LinkContract {
            Link() {
                super(Standalone.stage);
            }
        }

        @Nested
        class ForwardAuth extends ForwardAuthContract {
            ForwardAuth() {
                super(Standalone.stage);
            }
        }

        @Nested
        class Doctor extends DoctorContract {
            Doctor() {
                super(Standalone.stage);
            }
        }
    }

    @Nested
    class Tomcat10 {
        private static Stage stage;

        @BeforeAll
        static void open() throws Exception {
            stage = Stage.openFurnished("tomcat10-ways-in", TomcatGate.tomcat10());
        }

        @AfterAll
        static void close() throws Exception {
            stage.close();
        }

        @Nested
        class Token extends TokenContract {
            Token() {
                super(Tomcat10.stage);
            }
        }

        @Nested
        class Link extends LinkContract {
            Link() {
                super(Tomcat10.stage);
            }
        }

        @Nested
        class ForwardAuth extends ForwardAuthContract {
            ForwardAuth() {
                super(Tomcat10.stage);
            }
        }

        @Nested
        class Doctor extends DoctorContract {
            Doctor() {
                super(Tomcat10.stage);
            }
        }
    }

    @Nested
    class Tomcat11 {
        private static Stage stage;

        @BeforeAll
        static void open() throws Exception {
            stage = Stage.openFurnished("tomcat11-ways-in", TomcatGate.tomcat11());
        }

        @AfterAll
        static void close() throws Exception {
            stage.close();
        }

        @Nested
        class Token extends TokenContract {
            Token() {
                super(Tomcat11.stage);
            }
        }

        @Nested
        class Link extends LinkContract {
            Link() {
                super(Tomcat11.stage);
            }
        }

        @Nested
        class ForwardAuth extends ForwardAuthContract {
            ForwardAuth() {
                super(Tomcat11.stage);
            }
        }

        @Nested
        class Doctor extends DoctorContract {
            Doctor() {
                super(Tomcat11.stage);
            }
        }
    }

    @Nested
    class JettyWar {
        private static Stage stage;

        @BeforeAll
        static void open() throws Exception {
            stage = Stage.openFurnished("jettywar-ways-in", JettyGate::new);
        }

        @AfterAll
        static void close() throws Exception {
            stage.close();
        }

        @Nested
        class Token extends TokenContract {
            Token() {
                super(JettyWar.stage);
            }
        }

        @Nested
        class Link extends LinkContract {
            Link() {
                super(JettyWar.stage);
            }
        }

        @Nested
        class ForwardAuth extends ForwardAuthContract {
            ForwardAuth() {
                super(JettyWar.stage);
            }
        }

        @Nested
        class Doctor extends DoctorContract {
            Doctor() {
                super(JettyWar.stage);
            }
        }
    }
}
