package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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

        /** Jetty's own generator writes the line end behind a chunk in front of the next one. */
        @Override
        void chunk_reaches_client_with_its_line_end_when_nothing_follows_yet() {}

        @Test
        void chunk_reaches_client_without_its_line_end_when_nothing_follows_yet() throws Exception {
            upstream.byHand();
            try (RawClient client = stage.client()) {
                client.send(signedIn("GET", "/events"));
                Exchange exchange = upstream.next();
                exchange.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
                client.in().head();
                assertEquals("9\r\ndata: 1\n\n", client.in().exactly(12));
                exchange.send("0\r\n\r\n").done();
                assertEquals("\r\n0\r\n\r\n", client.in().exactly(7));
            }
        }
    }

    @Nested
    class Body extends BodyContract {
        Body() {
            super(JettyWarIT.stage);
        }
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
    class Failure extends FailureContract {
        Failure() {
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
