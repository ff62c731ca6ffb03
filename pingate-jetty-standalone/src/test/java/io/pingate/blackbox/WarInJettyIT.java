package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract, kept by the drop-in WAR in a Jetty of another release. */
class WarInJettyIT {
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
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class KnownAttacks extends KnownAttacksContract {
        KnownAttacks() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Cookie extends CookieContract {
        Cookie() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Target extends TargetContract {
        Target() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class RequestHeader extends RequestHeaderContract {
        RequestHeader() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class ResponseHeader extends ResponseHeaderContract {
        ResponseHeader() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class RequestFraming extends RequestFramingContract {
        RequestFraming() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class ResponseFraming extends ResponseFramingContract {
        ResponseFraming() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Wholeness extends WholenessContract {
        Wholeness() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(WarInJettyIT.stage);
        }

        /** Here it is whole: Jetty takes the connection's end for that of the trailers. */
        @Override
        void upload_is_cut_short_when_client_cuts_its_trailers(String end) {}
    }

    @Nested
    class EarlyAnswer extends LostEarlyAnswers {
        EarlyAnswer() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class BodyEnd extends BodyEndContract {
        BodyEnd() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class OldClient extends OldClientContract {
        OldClient() {
            super(WarInJettyIT.stage, false);
        }
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class UpstreamDeath extends UpstreamDeathContract {
        UpstreamDeath() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class UpstreamSlowness extends UpstreamSlownessContract {
        UpstreamSlowness() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Smuggling extends SmugglingContract {
        Smuggling() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class Stream extends StreamContract {
        Stream() {
            super(WarInJettyIT.stage);
        }
    }

    @Nested
    class WebSocket extends WebSocketContract {
        WebSocket() {
            super(WarInJettyIT.stage);
        }
    }
}
