package io.pingate.standalone;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.config.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks whether somebody listens where the upstream should be. */
final class UpstreamProbe {
    /** Long enough for what is near; a name server that hangs must not delay the start. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private UpstreamProbe() {}

    /** Tells in a few words what was found. */
    static String look(Upstream upstream, UpstreamTls tls) {
        CompletableFuture<String> look = CompletableFuture.supplyAsync(() -> connect(upstream, tls));
        try {
            return look.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "doesn't answer so far; until it does, the gate answers 502";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was not looked for";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String connect(Upstream upstream, UpstreamTls tls) {
        try {
            String unixPath = upstream.unixPath();
            if (unixPath != null) {
                SocketChannel.open(UnixDomainSocketAddress.of(Path.of(unixPath)))
                        .close();
                return "answers";
            }
            try (Socket connection = connect(InetAddress.getAllByName(upstream.host()), upstream.port())) {
                return upstream.scheme().equals("https") ? TlsProbe.look(connection, bare(upstream), tls) : "answers";
            }
        } catch (IOException e) {
            return "doesn't answer yet; until it does, the gate answers 502";
        }
    }

    /** Certificates have addresses without brackets. */
    private static String bare(Upstream upstream) {
        return upstream.host().replaceAll("[\\[\\]]", "");
    }

    /** As the proxy does: one after the other, since "localhost" may have two addresses and the upstream but one. */
    static Socket connect(InetAddress[] addresses, int port) throws IOException {
        IOException refusal = new UnknownHostException();
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.setSoTimeout((int) TIMEOUT.toMillis());
                socket.connect(new InetSocketAddress(address, port), (int) TIMEOUT.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
                refusal = e;
            }
        }
        throw refusal;
    }
}
