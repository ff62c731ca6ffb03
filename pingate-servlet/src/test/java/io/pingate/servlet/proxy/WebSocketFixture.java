package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.servlet.PinGateSettings;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gate in some container before an upstream that speaks as the test tells it. */
public abstract class WebSocketFixture {
    final GateKind kind;
    RawServer upstream;
    PinGateSettings settings;
    Gate gate;

    public WebSocketFixture(GateKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    public void startBoth() throws Exception {
        upstream = new RawServer();
        settings = Gate.settings(upstream.port(), "60s");
        gate = kind.start(settings);
    }

    @AfterEach
    public void stopBoth() throws Exception {
        gate.close();
        upstream.close();
    }

    /** A tunnel's two ends. */
    public record Ends(RawSocket client, RawSocket server) {}

    public Ends open() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket"));
        RawSocket server = upstream.next();
        server.head();
        server.send(RawSocket.accepted());
        assertEquals(101, client.status());
        return new Ends(client, server);
    }

    /** By a reset where the container can send one, else by the end. */
    public static boolean isOver(RawSocket socket) throws IOException {
        try {
            return socket.isAtEnd();
        } catch (SocketException reset) {
            return true;
        }
    }
}
