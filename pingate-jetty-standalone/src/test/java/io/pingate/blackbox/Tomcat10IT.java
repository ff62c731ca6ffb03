package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, kept by the drop-in WAR in Tomcat 10.1. */
class Tomcat10IT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("tomcat10", TomcatGate.tomcat10());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class SignIn extends SignInContract {
        SignIn() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class KnownAttacks extends KnownAttacksContract {
        KnownAttacks() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Cookie extends CookieContract {
        Cookie() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Target extends TomcatLimits.Target {
        Target() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class RequestHeader extends TomcatLimits.RequestHeader {
        RequestHeader() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class ResponseHeader extends ResponseHeaderContract {
        ResponseHeader() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class RequestFraming extends TomcatLimits.RequestFraming {
        RequestFraming() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class ResponseFraming extends ResponseFramingContract {
        ResponseFraming() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Wholeness extends TomcatLimits.Wholeness {
        Wholeness() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class EarlyAnswer extends LostEarlyAnswers {
        EarlyAnswer() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class BodyEnd extends BodyEndContract {
        BodyEnd() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class UpstreamDeath extends UpstreamDeathContract {
        UpstreamDeath() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class UpstreamSlowness extends UpstreamSlownessContract {
        UpstreamSlowness() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Smuggling extends TomcatLimits.Smuggling {
        Smuggling() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class Stream extends TomcatLimits.Stream {
        Stream() {
            super(Tomcat10IT.stage);
        }
    }

    @Nested
    class WebSocket extends TomcatLimits.WebSocket {
        WebSocket() {
            super(Tomcat10IT.stage);
        }
    }
}
