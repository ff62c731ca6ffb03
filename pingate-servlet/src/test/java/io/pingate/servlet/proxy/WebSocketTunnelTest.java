package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a WebSocket may expect of the gate, byte by byte. */
@ParameterizedClass
@MethodSource("io.pingate.servlet.proxy.GateKind#underTest")
class WebSocketTunnelTest extends WebSocketFixture {
    WebSocketTunnelTest(GateKind kind) {
        super(kind);
    }

    @Test
    void bytes_pass_unread_when_they_are_no_frames_at_all() throws Exception {
        Ends ends = open();
        ends.client().send("GET /evil HTTP/1.1\r\n\r\n");
        assertEquals("GET /evil HTTP/1.1\r\n\r\n", ends.server().text(22));
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        ends.server().send(all);
        assertArrayEquals(all, ends.client().bytes(all.length));
        assertEquals(1, upstream.count());
    }

    @Test
    void early_bytes_are_kept_when_they_come_with_the_handshake() throws Exception {
        RawSocket client = RawSocket.to(gate.port());
        client.send(RawSocket.handshake("/open/socket") + "GET /open/early HTTP/1.1\r\n\r\n");
        RawSocket server = upstream.next();
        server.head();
        client.send("more");
        server.send(RawSocket.accepted() + "EARLY");
        assertEquals(101, client.status());
        assertEquals("EARLY", client.text(5));
        assertEquals("GET /open/early HTTP/1.1\r\n\r\nmore", server.text(32));
        client.close();
        assertTrue(server.isAtEnd());
        assertEquals(1, upstream.count());
    }

    @Test
    void end_passes_when_one_side_closes() throws Exception {
        Ends first = open();
        first.client().close();
        assertTrue(first.server().isAtEnd());
        Ends second = open();
        second.server().close();
        assertTrue(second.client().isAtEnd());
    }

    @Test
    void other_half_stays_open_when_one_is_closed() throws Exception {
        Ends first = open();
        first.client().socket.shutdownOutput();
        assertTrue(first.server().isAtEnd());
        first.server().send("still here");
        assertEquals("still here", first.client().text(10));
        first.server().close();
        assertTrue(first.client().isAtEnd());
        Ends second = open();
        second.server().socket.shutdownOutput();
        assertTrue(second.client().isAtEnd());
        second.client().send("still here");
        assertEquals("still here", second.server().text(10));
        second.client().close();
        assertTrue(second.server().isAtEnd());
    }

    @Test
    void other_side_is_told_when_one_breaks_off() throws Exception {
        Ends first = open();
        first.client().reset();
        assertThrows(SocketException.class, first.server()::isAtEnd);
        Ends second = open();
        second.server().reset();
        assertTrue(isOver(second.client()));
    }

    @Test
    void close_frame_goes_to_both_ends_when_the_gate_stops_between_frames() throws Exception {
        Ends ends = open();
        byte[] question = RawSocket.text(true, "question");
        byte[] answer = RawSocket.text(false, "answer");
        ends.client().send(question);
        ends.server().bytes(question.length);
        ends.server().send(answer);
        ends.client().bytes(answer.length);
        Thread stopping = new Thread(gate::close);
        stopping.start();
        assertArrayEquals(RawSocket.close(false, 1001), ends.client().bytes(4));
        assertTrue(ends.client().isAtEnd());
        ByteBuffer masked = ByteBuffer.wrap(ends.server().bytes(8));
        assertEquals((short) 0x8882, masked.getShort());
        int mask = masked.getInt();
        assertEquals((short) 1001, (short) (masked.getShort() ^ (mask >>> 16)));
        assertTrue(ends.server().isAtEnd());
        ends.client().close();
        ends.server().close();
        stopping.join();
    }

    @Test
    void no_frame_is_put_in_when_the_gate_stops_within_one() throws Exception {
        Ends ends = open();
        byte[] question = RawSocket.text(true, "question");
        ends.client().send(Arrays.copyOf(question, 9));
        ends.server().bytes(9);
        ends.server().send(new byte[] {(byte) 0x81});
        ends.client().bytes(1);
        Thread stopping = new Thread(gate::close);
        stopping.start();
        assertTrue(ends.client().isAtEnd());
        assertTrue(ends.server().isAtEnd());
        ends.client().close();
        ends.server().close();
        stopping.join();
    }
}
