import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a start costs, and how much memory a gate takes: time and CPU time to the first answer, memory when idle, and memory after
 * a load. All gates in one run and in turns. See bench/README.md.
 *
 * <p>{@code java bench/Start.java NAME=COMMAND ...}; COMMAND is a jar, or a whole command line without {@code --port} and
 * {@code --upstream}.
 */
public final class Start {
    private static final int LAUNCHES = Integer.getInteger("launches", 5);
    private static final int LOAD_SECONDS = Integer.getInteger("load", 0);
    private static final int IDLE_SECONDS = Integer.getInteger("idle", 3);
    private static final int LONGEST_START_SECONDS = 30;
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: (pingate=[^;]+)");

    private Start() {}

    /** One launch; the CPU time is that of the process up to its first answer. */
    private record Sample(double cpu, double millis, double idleMegabytes, double loadedMegabytes) {}

    private record Running(Process process, int port, double cpu, double millis) {}

    public static void main(String[] args) throws Exception {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (String arg : args) {
            commands.put(arg.substring(0, arg.indexOf('=')), command(arg.substring(arg.indexOf('=') + 1)));
        }
        Path folder = Files.createTempDirectory("start");
        int upstream = freePort();
        Process nginx = nginx(folder, upstream);
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        try {
            for (int launch = 0; launch < LAUNCHES; launch++) {
                for (Map.Entry<String, List<String>> gate : commands.entrySet()) {
                    Sample sample = launch(gate.getValue(), folder, upstream);
                    samples.computeIfAbsent(gate.getKey(), name -> new ArrayList<>()).add(sample);
                    System.out.printf(Locale.ROOT, "%-24s %s%n", gate.getKey(), sample);
                }
            }
        } finally {
            nginx.destroy();
        }
        print(samples);
    }

    private static List<String> command(String text) {
        return text.endsWith(".jar") && !text.contains(" ") ? List.of("java", "-jar", text) : Arrays.asList(text.split(" "));
    }

    private static Sample launch(List<String> command, Path folder, int upstream) throws Exception {
        Running gate = start(command, folder, upstream);
        try {
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            double idle = residentMegabytes(gate.process());
            double loaded = 0;
            if (LOAD_SECONDS > 0) {
                load(gate.port());
                loaded = residentMegabytes(gate.process());
            }
            return new Sample(gate.cpu(), gate.millis(), idle, loaded);
        } finally {
            gate.process().destroy();
            gate.process().waitFor();
        }
    }

    private static Running start(List<String> command, Path folder, int upstream) throws Exception {
        int port = freePort();
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--port", "" + port, "--upstream", "http://127.0.0.1:" + upstream));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PINGATE_STATE_DIR", folder.resolve("state").toString());
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS)) {
                throw new IllegalStateException("does not start: " + line);
            }
            TimeUnit.MILLISECONDS.sleep(3);
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        return new Running(process, port, cpuSeconds(process), millis);
    }

    /** Whether the gate shows its form. */
    private static boolean answers(int port) {
        try {
            return request(port, "GET /pin HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String request(int port, String text) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void load(int port) throws Exception {
        Matcher cookie = COOKIE.matcher(request(
                port,
                "POST /pin/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 8\r\nConnection: close\r\n\r\npin=0000"));
        if (!cookie.find()) {
            throw new IllegalStateException("no cookie");
        }
        Process wrk = new ProcessBuilder(
                        "wrk", "-t1", "-c32", "-d" + LOAD_SECONDS + "s", "-H", "Cookie: " + cookie.group(1),
                        "-H", "Host: localhost", "http://127.0.0.1:" + port + "/1k")
                .redirectErrorStream(true)
                .start();
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        if (!said.contains("Requests/sec") || said.contains("Non-2xx")) {
            throw new IllegalStateException(said);
        }
    }

    private static Process nginx(Path folder, int port) throws IOException {
        Files.write(folder.resolve("1k"), new byte[1024]);
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log;
                events {}
                http { access_log off; keepalive_requests 1000000000;
                  server { listen 127.0.0.1:%2$d; root %1$s; } }
                """.formatted(folder, port));
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        return new ProcessBuilder("nginx", "-c", configuration.toString(), "-p", folder.toString()).inheritIO().start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static double cpuSeconds(Process process) throws IOException {
        String[] fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat")).replaceFirst(".*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static double residentMegabytes(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1000)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void print(Map<String, List<Sample>> all) {
        System.out.printf("%n| gate | CPU to first answer, s | first answer, ms: least | median | idle, MB | after load, MB |%n");
        System.out.println("|---|---|---|---|---|---|");
        all.forEach((name, samples) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.0f | %.0f | %.0f | %s |%n",
                name,
                median(samples.stream().map(Sample::cpu)),
                samples.stream().mapToDouble(Sample::millis).min().orElseThrow(),
                median(samples.stream().map(Sample::millis)),
                median(samples.stream().map(Sample::idleMegabytes)),
                LOAD_SECONDS == 0 ? "-" : "%.0f".formatted(median(samples.stream().map(Sample::loadedMegabytes)))));
    }

    private static double median(Stream<Double> values) {
        double[] sorted = values.mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
