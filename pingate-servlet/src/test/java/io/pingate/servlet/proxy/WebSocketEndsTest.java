package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's WebSockets, of Jetty and of the JDK, talk through the gate. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class WebSocketEndsTest {
    private static final int PATIENCE_SECONDS = 60;

    private final GateKind kind;
    private final WebSocketClient client = new WebSocketClient();
    private WebSocketEcho upstream;
    private Gate gate;

    WebSocketEndsTest(GateKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        upstream = new WebSocketEcho();
        gate = kind.start(Gate.settings(upstream.port(), "60s"));
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        gate.close();
        upstream.close();
    }

    private URI uri() {
        return URI.create("ws://127.0.0.1:" + gate.port() + "/open/echo");
    }

    private EchoClient connect(ClientUpgradeRequest request) throws Exception {
        EchoClient ends = new EchoClient();
        ends.session = client.connect(ends, request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ends;
    }

    private static <T> T in(CompletableFuture<T> time) throws Exception {
        return time.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void text_is_echoed_when_it_is_compressed() throws Exception {
        ClientUpgradeRequest request = new ClientUpgradeRequest(uri());
        request.addExtensions("permessage-deflate");
        request.setSubProtocols("chat");
        EchoClient ends = connect(request);
        assertEquals(
                "permessage-deflate",
                ends.session.getUpgradeResponse().getExtensions().stream()
                        .map(ExtensionConfig::getName)
                        .reduce("", String::concat));
        assertEquals("chat", ends.session.getUpgradeResponse().getAcceptedSubProtocol());
        String text = "compressible ".repeat(10_000);
        ends.session.sendText(text, Callback.NOOP);
        assertEquals(text, in(ends.text));
    }

    @Test
    void message_of_64_mib_is_echoed_when_it_comes_in_fragments() throws Exception {
        EchoClient ends = connect(new ClientUpgradeRequest(uri()));
        byte[] piece = new byte[1 << 20];
        long hash = 0;
        for (int i = 0; i < 64; i++) {
            new Random(i).nextBytes(piece);
            for (byte octet : piece) {
                hash = 31 * hash + octet;
            }
            Callback.Completable sent = new Callback.Completable();
            ends.session.sendPartialBinary(ByteBuffer.wrap(piece), i == 63, sent);
            in(sent);
        }
        assertEquals(hash, in(ends.binary));
    }

    @Test
    void ping_is_answered_by_the_other_end() throws Exception {
        EchoClient ends = connect(new ClientUpgradeRequest(uri()));
        ByteBuffer payload = StandardCharsets.UTF_8.encode("still there?");
        ends.session.sendPing(payload.slice(), Callback.NOOP);
        assertEquals(payload, in(ends.pong));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 4000})
    void close_status_arrives_when_either_end_closes(int status) throws Exception {
        EchoClient first = connect(new ClientUpgradeRequest(uri()));
        first.session.close(status, "enough", Callback.NOOP);
        assertEquals(status, upstream.closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        EchoClient second = connect(new ClientUpgradeRequest(uri()));
        second.session.sendText("close " + status, Callback.NOOP);
        assertEquals(status, in(second.close));
    }

    @Test
    void message_is_echoed_when_the_client_is_the_jdks() throws Exception {
        CompletableFuture<String> text = new CompletableFuture<>();
        CompletableFuture<byte[]> binary = new CompletableFuture<>();
        WebSocket socket = in(HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("other", "chat")
                .buildAsync(uri(), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        text.complete(part.toString());
                        return WebSocket.Listener.super.onText(from, part, last);
                    }

                    @Override
                    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
                        byte[] bytes = new byte[part.remaining()];
                        part.get(bytes);
                        binary.complete(bytes);
                        return WebSocket.Listener.super.onBinary(from, part, last);
                    }
                }));
        assertEquals("chat", socket.getSubprotocol());
        in(socket.sendText("grüße", true));
        assertEquals("grüße", in(text));
        in(socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 0, -1}), true));
        assertArrayEquals(new byte[] {1, 0, -1}, in(binary));
        in(socket.sendClose(WebSocket.NORMAL_CLOSURE, "done"));
        assertEquals(WebSocket.NORMAL_CLOSURE, upstream.closes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertTrue(socket.isOutputClosed());
    }
}
