package io.pingate.blackbox;

import io.pingate.testing.Deadline;
import io.pingate.testing.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gate as its users run it: a process of its own, reached by its port and judged by its answers and its log. Each kind is a
 * launch recipe: a command line, settings in the environment, and what the log says when the port is open.
 */
abstract class GateProcess implements AutoCloseable {
    /** The contract's heap; C1 only, for a fast start on few cores. */
    private static final List<String> JVM =
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dfile.encoding=UTF-8");

    private final Path home;
    private final Map<String, String> settings;
    private final Thread reaper = new Thread(this::close);
    private Process process;
    private Path log;
    private int launches;
    private int port;

    GateProcess(Path home, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    /** What follows the JVM's own flags. */
    abstract List<String> program() throws IOException;

    /** What comes before the JVM, such as a shell that sets limits. */
    List<String> launcher() {
        return List.of();
    }

    /** Its first group is the port. */
    abstract Pattern ready();

    final GateProcess start() throws Exception {
        launch();
        try {
            port = awaitPort();
        } catch (AssertionError e) {
            close();
            throw e;
        }
        return this;
    }

    /** Lets it begin, and kills it a while after the condition has come true. */
    final void startAndKill(Callable<Boolean> condition, long nanosLater) throws Exception {
        launch();
        long end = System.nanoTime() + Deadline.START.toNanos();
        while (!condition.call() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        LockSupport.parkNanos(nanosLater);
        close();
    }

    private void launch() throws IOException {
        log = home.resolve("gate-" + ++launches + ".log");
        List<String> command = new ArrayList<>(launcher());
        command.add(tool("java"));
        command.addAll(JVM);
        command.addAll(program());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PINGATE_") || name.startsWith("LITELLM_"));
        builder.environment().put("PINGATE_STATE_DIR", state().toString());
        builder.environment().putAll(settings);
        process = builder.start();
    }

    private int awaitPort() throws Exception {
        int[] found = new int[1];
        boolean ready = Deadline.reached(Deadline.START, () -> {
            Matcher matcher = ready().matcher(log());
            if (matcher.find()) {
                found[0] = Integer.parseInt(matcher.group(1));
            }
            return (found[0] > 0 && isHealthy(found[0])) || !process.isAlive();
        });
        if (!ready || !process.isAlive()) {
            throw new AssertionError("the gate did not start:\n" + log());
        }
        return found[0];
    }

    private boolean isHealthy(int port) throws IOException {
        try (RawClient client = client(port)) {
            client.send("GET /pin/health HTTP/1.1\r\nHost: gate.test\r\nConnection: close\r\n\r\n");
            return client.response().status() == 200;
        } catch (SocketException | EOFException notYet) {
            return false;
        }
    }

    /** A client that speaks HTTP/1.1, as this gate wants to be spoken to. */
    RawClient client(int at) throws IOException {
        return RawClient.to(at);
    }

    final RawClient client() throws IOException {
        return client(port);
    }

    /** A connection on which HTTP/2 is spoken. */
    Socket http2() throws IOException {
        return RawClient.connect(port());
    }

    /** Of the JDK that runs the tests. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    final int port() {
        return port;
    }

    final long pid() {
        return process.pid();
    }

    /** Where it keeps its files. */
    final Path home() {
        return home;
    }

    /** Its state folder, unless the settings say otherwise. */
    final Path state() {
        return home.resolve("state");
    }

    /** What is in it; what is different each time (a process, a moment) as a letter. */
    final List<String> stateFiles() {
        try (Stream<Path> files = Files.walk(state())) {
            return files.filter(file -> !file.equals(state()))
                    .map(file -> state().relativize(file).toString().replaceAll("[0-9][0-9-]*", "N"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return List.of("?");
        }
    }

    /** Everything that it wrote since its last start, wherever it logs to. */
    final String log() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** SIGTERM, as an orchestrator stops it; returns when the process has ended. */
    final void stop() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the gate did not end on SIGTERM:\n" + log());
        }
    }

    /** Stopped and started again with the same settings and the same files, mostly on another port. */
    final void restart() throws Exception {
        stop();
        start();
    }

    /** Ends the process in any case, and leaves it no time for anything. */
    @Override
    public final void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
