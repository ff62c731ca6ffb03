package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamProbeTest {
    private static final String SILENT = "doesn't answer yet; until it does, the gate answers 502";

    @Test
    void says_so_when_the_upstream_listens() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals("answers", look("http://127.0.0.1:" + listener.getLocalPort()));
        }
    }

    @Test
    void says_so_when_nobody_listens() throws IOException {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        assertEquals(SILENT, look("http://127.0.0.1:" + port));
    }

    @Test
    void tries_every_address_of_a_name() throws IOException {
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (ServerSocket listener = new ServerSocket(0, 1, here)) {
            int port = listener.getLocalPort();
            UpstreamProbe.connect(new InetAddress[] {elsewhere, here}, port).close();
            assertThrows(IOException.class, () -> UpstreamProbe.connect(new InetAddress[] {elsewhere}, port));
        }
    }

    @Test
    void finds_a_unix_socket(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("app.sock");
        assertEquals(SILENT, look("unix:" + path));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            assertEquals("answers", look("unix:" + path));
        }
    }

    private static String look(String upstream) {
        return UpstreamProbe.look(Upstream.of(upstream), UpstreamTls.standard());
    }
}
