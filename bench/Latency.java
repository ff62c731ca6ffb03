import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the gate adds to an event and to an echo: the same upstream, asked directly and through the gate, in turns, in one
 * run. Prints p50 and p99 in microseconds.
 *
 * <p>Run it as {@code java bench/Latency.java path/to/pingate.jar [seconds]}.
 */
public final class Latency {
    private static final String SECRET = "a key for a bench alone";
    private static final byte[] PAYLOAD = new byte[64];
    private static final int ROUNDS = 5;

    private Latency() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        try (ServerSocket upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            daemon(() -> serve(upstream));
            int gate = freePort();
            Process process = start(args[0], gate, upstream.getLocalPort());
            try {
                awaitListener(gate);
                compare("SSE event     ", Latency::events, upstream.getLocalPort(), gate, seconds);
                compare("WebSocket echo", Latency::echoes, upstream.getLocalPort(), gate, seconds);
            } finally {
                process.destroy();
                process.waitFor(15, TimeUnit.SECONDS);
            }
        }
    }

    private interface Probe {
        List<Long> measure(int port, int seconds) throws IOException;
    }

    private static void compare(String what, Probe probe, int direct, int gate, int seconds) throws IOException {
        probe.measure(gate, seconds);
        List<Long> plain = new ArrayList<>();
        List<Long> gated = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            plain.addAll(probe.measure(direct, seconds));
            gated.addAll(probe.measure(gate, seconds));
        }
        System.out.printf(
                "%s  direct p50 %4d us, p99 %5d us | gate p50 %4d us, p99 %5d us | added p50 %4d us, p99 %5d us (%d samples)%n",
                what,
                at(plain, 0.50),
                at(plain, 0.99),
                at(gated, 0.50),
                at(gated, 0.99),
                at(gated, 0.50) - at(plain, 0.50),
                at(gated, 0.99) - at(plain, 0.99),
                gated.size());
    }

    private static long at(List<Long> nanos, double quantile) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) (quantile * (sorted.length - 1))] / 1000;
    }

    /** From the upstream's write to the client's read; both are this process, so the clock is one. */
    private static List<Long> events(int port, int seconds) throws IOException {
        try (Socket socket = connect(port, "GET /events HTTP/1.1\r\n")) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            skipHead(in);
            List<Long> samples = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                String line = line(in);
                if (line.startsWith("data: ")) {
                    samples.add(System.nanoTime() - Long.parseLong(line.substring(6)));
                }
            }
            return samples;
        }
    }

    private static List<Long> echoes(int port, int seconds) throws IOException {
        String upgrade = "GET /echo HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        try (Socket socket = connect(port, upgrade)) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            skipHead(in);
            OutputStream out = socket.getOutputStream();
            // A binary frame with a mask of zeros, so that the echo is the frame itself (RFC 6455 section 5.3).
            byte[] frame = ByteBuffer.allocate(6 + PAYLOAD.length)
                    .put((byte) 0x82)
                    .put((byte) (0x80 | PAYLOAD.length))
                    .putInt(0)
                    .put(PAYLOAD)
                    .array();
            byte[] echo = new byte[frame.length];
            List<Long> samples = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                long sent = System.nanoTime();
                out.write(frame);
                in.readFully(echo);
                samples.add(System.nanoTime() - sent);
                LockSupport.parkNanos(2_000_000);
            }
            return samples;
        }
    }

    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                daemon(() -> answer(socket));
            }
        } catch (IOException closed) {
            // the end of the run
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String request = line(in);
            skipHead(in);
            OutputStream out = socket.getOutputStream();
            if (request.startsWith("GET /events")) {
                out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"));
                while (true) {
                    LockSupport.parkNanos(5_000_000);
                    out.write(ascii("data: " + System.nanoTime() + "\n\n"));
                }
            }
            out.write(ascii("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
            byte[] buffer = new byte[1024];
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException left) {
            // the client has measured enough
        }
    }

    private static Socket connect(int port, String head) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(ascii(head + "Host: localhost\r\nCookie: pingate=" + token() + "\r\n\r\n"));
        return socket;
    }

    private static String token() {
        String expiry = Long.toString(System.currentTimeMillis() / 1000 + 3600);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return expiry + "." + HexFormat.of().formatHex(mac.doFinal(ascii(expiry)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(String jar, int port, int upstream) throws IOException {
        ProcessBuilder gate = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                jar,
                "--port",
                Integer.toString(port),
                "--upstream",
                "http://127.0.0.1:" + upstream);
        gate.environment().put("PINGATE_PIN", "97531");
        gate.environment().put("PINGATE_SECRET", SECRET);
        return gate.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitListener(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void skipHead(InputStream in) throws IOException {
        while (!line(in).isEmpty()) {}
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection has ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
