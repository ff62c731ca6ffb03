package io.pingate.blackbox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What the drop-in WAR shares with its Jetty most closely, in the oldest Jetty that it starts in. */
class OldestJettyIT {
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open("oldestjetty", JettyGate.oldest());
    }

    @AfterAll
    static void close() throws Exception {
        stage.close();
    }

    @Nested
    class ResponseHeader extends ResponseHeaderContract {
        ResponseHeader() {
            super(OldestJettyIT.stage);
        }
    }

    @Nested
    class ConnectionEnd extends ConnectionEndContract {
        ConnectionEnd() {
            super(OldestJettyIT.stage);
        }
    }

    @Nested
    class RequestFraming extends RequestFramingContract {
        RequestFraming() {
            super(OldestJettyIT.stage);
        }
    }

    @Nested
    class Failure extends FailureContract {
        Failure() {
            super(OldestJettyIT.stage);
        }
    }

    @Nested
    class Stream extends StreamContract {
        Stream() {
            super(OldestJettyIT.stage);
        }
    }

    @Nested
    class WebSocket extends WebSocketContract {
        WebSocket() {
            super(OldestJettyIT.stage);
        }
    }
}
