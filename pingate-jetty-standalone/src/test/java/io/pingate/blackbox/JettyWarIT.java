package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, kept by the drop-in WAR in a Jetty of another release. */
class JettyWarIT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("jettywar", JettyGate::new);
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class SignIn extends SignInContract {
        SignIn() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class KnownAttacks extends KnownAttacksContract {
        KnownAttacks() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Cookie extends CookieContract {
        Cookie() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Target extends TargetContract {
        Target() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class RequestHeader extends RequestHeaderContract {
        RequestHeader() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class ResponseHeader extends ResponseHeaderContract {
        ResponseHeader() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class RequestFraming extends RequestFramingContract {
        RequestFraming() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class ResponseFraming extends ResponseFramingContract {
        ResponseFraming() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Wholeness extends WholenessContract {
        Wholeness() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(JettyWarIT.stage);
        }

        /** Here it is whole: Jetty takes the connection's end for that of the trailers. */
        @Override
        void upload_is_cut_short_when_client_cuts_its_trailers(String end) {}
    }

    @Nested
    class EarlyAnswer extends LostEarlyAnswers {
        EarlyAnswer() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class BodyEnd extends BodyEndContract {
        BodyEnd() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class OldClient extends OldClientContract {
        OldClient() {
            super(JettyWarIT.stage, false);
        }
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class UpstreamDeath extends UpstreamDeathContract {
        UpstreamDeath() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class UpstreamSlowness extends UpstreamSlownessContract {
        UpstreamSlowness() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Smuggling extends SmugglingContract {
        Smuggling() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class Stream extends StreamContract {
        Stream() {
            super(JettyWarIT.stage);
        }
    }

    @Nested
    class WebSocket extends WebSocketContract {
        WebSocket() {
            super(JettyWarIT.stage);
        }
    }
}
