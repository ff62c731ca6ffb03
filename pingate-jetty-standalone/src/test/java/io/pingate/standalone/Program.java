package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program as a process of its own, with what it has written. */
final class Program implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("pingate.jar"));
    private static final Pattern OPEN = Pattern.compile("(?m)^ +open +(http://\\S+)/$");
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Path written;

    /** Starts the program; its state goes into the folder too. */
    Program(Path folder, Map<String, String> environment, String... args) throws IOException {
        this(folder, environment, List.of(), args);
    }

    private Program(Path folder, Map<String, String> environment, List<String> prefix, String... args)
            throws IOException {
        written = folder.resolve("written.txt");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(written.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PINGATE_") || name.startsWith("LITELLM_"));
        builder.environment().put("PINGATE_STATE_DIR", folder.toString());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /**
     * Starts the program in the C locale from a shell's script that ends in {@code exec "$@"}: bytes outside ASCII come
     * from its printf, whatever the locale of the tests.
     */
    static Program inLocaleOfC(Path folder, String script, String... args) throws IOException {
        return new Program(folder, Map.of("LC_ALL", "C"), List.of("sh", "-c", script, "sh"), args);
    }

    /** Waits until the program listens. */
    URI uri() throws InterruptedException {
        while (true) {
            Matcher open = OPEN.matcher(written());
            if (open.find()) {
                return URI.create(open.group(1));
            }
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the program ended: " + written());
            }
        }
    }

    /** Everything on its standard output and error. */
    String written() {
        try {
            return Files.readString(written, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as SIGTERM does, and waits until it says that it waits for requests. */
    void terminateWhileBusy() throws InterruptedException {
        process.destroy();
        while (!written().contains("running requests")) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the program ended: " + written());
            }
        }
    }

    /** Ends it as SIGTERM does. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
