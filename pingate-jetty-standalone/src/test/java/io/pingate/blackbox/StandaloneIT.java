package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, kept by {@code java -jar pingate.jar}. */
class StandaloneIT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("standalone", StandaloneGate::new);
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class SignIn extends SignInContract {
        SignIn() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class KnownAttacks extends KnownAttacksContract {
        KnownAttacks() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Cookie extends CookieContract {
        Cookie() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Target extends TargetContract {
        Target() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class RequestHeader extends RequestHeaderContract {
        RequestHeader() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class ResponseHeader extends ResponseHeaderContract {
        ResponseHeader() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class RequestFraming extends RequestFramingContract {
        RequestFraming() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class ResponseFraming extends ResponseFramingContract {
        ResponseFraming() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Wholeness extends WholenessContract {
        Wholeness() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class EarlyAnswer extends EarlyAnswerContract {
        EarlyAnswer() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class BodyEnd extends BodyEndContract {
        BodyEnd() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class OldClient extends OldClientContract {
        OldClient() {
            super(StandaloneIT.stage, true);
        }
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(StandaloneIT.stage);
        }

        /** Nobody is there to read an answer, and each would take a thread of its own. */
        @ParameterizedTest
        @ValueSource(strings = {"G", "GET /", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: gate.test\r\nX-"})
        void connection_ends_without_an_answer_when_client_leaves_within(String head) throws Exception {
            try (RawClient client = stage.client()) {
                client.send(head).halfClose();
                assertTrue(client.in().ended());
            }
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class UpstreamDeath extends UpstreamDeathContract {
        UpstreamDeath() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class UpstreamSlowness extends UpstreamSlownessContract {
        UpstreamSlowness() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Smuggling extends SmugglingContract {
        Smuggling() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Http2 extends Http2Contract {
        Http2() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Http2LateFrames extends Http2LateFramesContract {
        Http2LateFrames() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Http2WebSocket extends Http2WebSocketContract {
        Http2WebSocket() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Log extends LogContract {
        Log() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class Stream extends StreamContract {
        Stream() {
            super(StandaloneIT.stage);
        }
    }

    @Nested
    class WebSocket extends WebSocketContract {
        WebSocket() {
            super(StandaloneIT.stage);
        }
    }
}
