package io.pingate.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real server, which keeps nothing on a disk, on a port of its own. */
final class RedisServer implements AutoCloseable {
    private static final String PROGRAM = "redis-server";

    private final int port;
    private final String[] options;
    private Process process;

    /** Starts it; whoever has none skips the test, which CI notices. */
    RedisServer(String... options) throws Exception {
        Assumptions.assumeTrue(isInstalled(), "install Debian's " + PROGRAM);
        this.port = freePort();
        this.options = options;
        start();
    }

    private static boolean isInstalled() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, PROGRAM))) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    void start() throws Exception {
        List<String> command = new ArrayList<>(
                List.of(PROGRAM, "--port", port + "", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(Deadline.reached(Deadline.USUAL, this::listens), "redis-server doesn't listen");
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Nobody has time to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** {@code STOP} has it stand still, {@code CONT} go on. */
    void signal(String name) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, process.pid() + "")
                        .start()
                        .waitFor());
    }

    int port() {
        return port;
    }

    String address() {
        return "redis://127.0.0.1:" + port;
    }

    /** What {@code redis-cli} would print, for commands without a blank in their words. */
    String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("+OK\r\n", said.substring(said.length() - 5));
            return said.substring(0, said.length() - 5);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
