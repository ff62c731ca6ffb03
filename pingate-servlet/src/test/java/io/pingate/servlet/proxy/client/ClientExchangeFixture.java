package io.pingate.servlet.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.proxy.Gate;
import io.pingate.servlet.proxy.GateKind;
import io.pingate.servlet.proxy.RawSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An exchange in a container, with a client that sends and reads bytes. */
abstract class ClientExchangeFixture {
    final GateKind kind;
    final BegunExchanges exchanges = new BegunExchanges();
    private Gate gate;
    RawSocket client;

    ClientExchangeFixture(GateKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        gate = kind.start(exchanges);
        client = RawSocket.to(gate.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        gate.close();
    }

    /** The content of a chunk; "" is the last one, with trailers or none and an empty line behind it. */
    final String chunk() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append(client.text(1));
        }
        int size = Integer.parseInt(line.toString().strip(), 16);
        String content = client.text(size);
        assertTrue(size == 0 || client.text(2).equals("\r\n"));
        return content;
    }

    final ClientExchange begin(String requestLine, String... lines) throws Exception {
        client.send(requestLine + "\r\nHost: gate.test\r\n" + String.join("\r\n", lines)
                + (lines.length == 0 ? "" : "\r\n") + "\r\n");
        ClientExchange exchange = exchanges.next();
        exchange.whenClientLeaves(cause -> {});
        return exchange;
    }

    final void assertNextIsAnswered() throws Exception {
        assertAnswered(begin("GET /next HTTP/1.1"));
    }

    final void assertAnswered(ClientExchange exchange) throws Exception {
        exchange.head(200, sink -> sink.accept("Content-Length", "2"));
        write(exchange, "ok");
        exchange.complete();
        client.head();
        assertEquals("ok", client.text(2));
    }

    static void write(ClientExchange exchange, String text) throws Exception {
        CompletableFuture<Void> written = new CompletableFuture<>();
        exchange.write(
                ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)),
                Callback.from(() -> written.complete(null), written::completeExceptionally));
        written.get(20, TimeUnit.SECONDS);
    }
}
