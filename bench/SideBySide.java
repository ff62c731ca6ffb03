import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a proxied request costs: CPU seconds of each gate for 100,000 requests, all gates in one run and in turns, before
 * one nginx as upstream. See bench/README.md.
 *
 * <p>{@code java bench/SideBySide.java pingate.jar [NAME=COMMAND ...]}; COMMAND is a jar, or a whole command line without
 * {@code --port} and {@code --upstream}.
 */
public final class SideBySide {
    private static final int LAUNCHES = Integer.getInteger("launches", 3);
    private static final int ROUNDS = Integer.getInteger("rounds", 2);
    private static final int SECONDS = Integer.getInteger("seconds", 4);
    /** In requests, not seconds: the compiler of a JVM has to get its share also where others use the cores. */
    private static final int WARM_UP = Integer.getInteger("warmup", 250_000);
    private static final int LONGEST_WARM_UP_SECONDS = 60;
    private static final String ONLY = System.getProperty("only", "1k,64k,16m,refused");
    private static final String PEERS = System.getProperty("peers", "nginx,stock,direct");
    private static final String SECRET = "a key for a bench alone";
    private static final String TOKEN = token();
    private static final double TICKS_PER_SECOND = 100;

    private SideBySide() {}

    /** @param weight how many of the small requests one of these is worth, for warming up */
    private record Load(String name, String path, int connections, boolean signedIn, int weight) {}

    private static final List<Load> LOADS = List.of(
            new Load("1k", "/1k", 32, true, 1),
            new Load("64k", "/64k", 32, true, 4),
            new Load("16m", "/16m", 4, true, 500),
            new Load("refused", "/1k", 32, false, 1));

    private record Gate(String name, List<String> command, int port, boolean isDirect) {}

    /** What one launch of a gate used under one load. */
    private record Sample(double cpuSeconds, double requests, double seconds, double p99Millis) {
        Sample plus(Sample other) {
            return new Sample(
                    cpuSeconds + other.cpuSeconds,
                    requests + other.requests,
                    seconds + other.seconds,
                    Math.max(p99Millis, other.p99Millis));
        }

        double cpuPer100k() {
            return cpuSeconds / requests * 100_000;
        }

        double perSecond() {
            return requests / seconds;
        }
    }

    /** All samples of one gate: by load, one of each launch. */
    private record Results(Map<String, List<Sample>> loads, List<Double> startMillis, List<Double> rssMegabytes) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("side-by-side");
        try {
            folder.toFile().setExecutable(true, false);
            folder.toFile().setReadable(true, false);
            int upstreamPort = freePort();
            Process upstream = startUpstream(folder, upstreamPort);
            try {
                await(upstreamPort);
                measure(gates(args, folder, upstreamPort), upstreamPort);
            } finally {
                stop(upstream);
            }
        } finally {
            delete(folder);
        }
    }

    private static List<Gate> gates(String[] args, Path folder, int upstream) throws Exception {
        List<Gate> gates = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.matches("[\\w.+-]+=.*") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? "pingate" : arg.substring(0, equals);
            String command = arg.substring(equals + 1);
            List<String> words = new ArrayList<>(
                    command.contains(" ") ? Arrays.asList(command.split(" +")) : List.of(java(), "-jar", command));
            gates.add(flagged(name, words, upstream));
        }
        if (PEERS.contains("nginx")) {
            int port = freePort();
            gates.add(new Gate("nginx", nginx(folder, "gate", proxyServer(port, upstream)), port, false));
        }
        if (PEERS.contains("stock")) {
            String jar = Stream.of(args[0].split("[ =]"))
                    .filter(word -> word.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            run(javaTool("javac"), "-cp", jar, "-d", folder.toString(), "bench/StockProxy.java");
            gates.add(flagged(
                    "Jetty stock", new ArrayList<>(List.of(java(), "-cp", jar + ":" + folder, "StockProxy")), upstream));
        }
        if (PEERS.contains("direct")) {
            gates.add(new Gate("direct", List.of(), upstream, true));
        }
        return gates;
    }

    private static Gate flagged(String name, List<String> words, int upstream) throws IOException {
        int port = freePort();
        words.addAll(List.of("--port", Integer.toString(port), "--upstream", "http://127.0.0.1:" + upstream));
        return new Gate(name, words, port, false);
    }

    private static void measure(List<Gate> gates, int upstream) throws Exception {
        Map<String, Results> all = new LinkedHashMap<>();
        for (Gate gate : gates) {
            all.put(gate.name, new Results(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>()));
        }
        for (int launch = 0; launch < LAUNCHES; launch++) {
            Map<Gate, Process> running = new LinkedHashMap<>();
            try {
                for (Gate gate : gates) {
                    if (!gate.isDirect) {
                        long start = System.nanoTime();
                        running.put(gate, start(gate.command));
                        await(gate.port);
                        all.get(gate.name).startMillis.add((System.nanoTime() - start) / 1e6);
                    }
                }
                launch(gates, running, all);
                for (Map.Entry<Gate, Process> entry : running.entrySet()) {
                    all.get(entry.getKey().name).rssMegabytes.add(rss(entry.getValue()));
                }
            } finally {
                for (Process process : running.values()) {
                    stop(process);
                }
            }
        }
        print(gates, all);
    }

    private static void launch(List<Gate> gates, Map<Gate, Process> running, Map<String, Results> all)
            throws Exception {
        for (Load load : LOADS) {
            if (!List.of(ONLY.split(",")).contains(load.name)) {
                continue;
            }
            for (Gate gate : gates) {
                if (isServed(gate, load)) {
                    warmUp(gate, running.get(gate), load);
                }
            }
            Map<Gate, Sample> sums = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Gate gate : gates) {
                    if (isServed(gate, load)) {
                        sums.merge(gate, sample(gate, running.get(gate), load, SECONDS), Sample::plus);
                    }
                }
            }
            sums.forEach((gate, sum) -> all.get(gate.name)
                    .loads
                    .computeIfAbsent(load.name, name -> new ArrayList<>())
                    .add(sum));
        }
    }

    private static void warmUp(Gate gate, Process process, Load load) throws Exception {
        boolean compiled = !gate.command.isEmpty() && !gate.command.get(0).equals("nginx");
        double requests = compiled ? 0 : WARM_UP;
        for (int seconds = 0; requests < WARM_UP / load.weight && seconds < LONGEST_WARM_UP_SECONDS; seconds += 5) {
            requests += sample(gate, process, load, 5).requests;
        }
    }

    private static boolean isServed(Gate gate, Load load) {
        return load.signedIn || !gate.isDirect;
    }

    private static Sample sample(Gate gate, Process process, Load load, int seconds) throws Exception {
        double before = process == null ? 0 : cpuSeconds(process);
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + load.connections, "-d" + seconds + "s"));
        command.addAll(List.of("--latency", "--timeout", "20s"));
        if (load.signedIn) {
            command.addAll(List.of("-H", "Cookie: theme=dark; pingate=" + TOKEN));
        }
        command.add("http://127.0.0.1:" + gate.port + load.path);
        String report = run(command.toArray(String[]::new));
        double after = process == null ? 0 : cpuSeconds(process);
        if (report.contains("Socket errors") || (load.signedIn && report.contains("Non-2xx"))) {
            throw new IllegalStateException(gate.name + " fails under load:\n" + report);
        }
        Matcher total = find("(\\d+) requests in ([\\d.]+)s", report);
        return new Sample(
                after - before,
                Double.parseDouble(total.group(1)),
                Double.parseDouble(total.group(2)),
                millis(find("99%\\s+([\\d.]+)(us|ms|s)", report)));
    }

    private static double millis(Matcher latency) {
        double value = Double.parseDouble(latency.group(1));
        return switch (latency.group(2)) {
            case "us" -> value / 1000;
            case "s" -> value * 1000;
            default -> value;
        };
    }

    private static Matcher find(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk says:\n" + text);
        }
        return matcher;
    }

    /** Ratios are to the first gate: of each launch, then the median of those. */
    private static void print(List<Gate> gates, Map<String, Results> all) {
        Results reference = all.get(gates.get(0).name);
        for (String load : reference.loads.keySet()) {
            System.out.printf("%n%-14s %12s %8s %-18s %10s %9s%n", load, "CPU-s/100k", "ratio", "(each launch)", "req/s", "p99 ms");
            for (Gate gate : gates) {
                List<Sample> samples = all.get(gate.name).loads.get(load);
                if (samples == null) {
                    continue;
                }
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < samples.size(); i++) {
                    ratios.add(samples.get(i).cpuPer100k()
                            / reference.loads.get(load).get(i).cpuPer100k());
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-14s %12.2f %8.3f %-18s %10.0f %9.2f%n",
                        gate.name,
                        median(samples.stream().map(Sample::cpuPer100k).toList()),
                        median(ratios),
                        ratios.stream().map(r -> String.format(Locale.ROOT, "%.2f", r)).toList(),
                        median(samples.stream().map(Sample::perSecond).toList()),
                        median(samples.stream().map(Sample::p99Millis).toList()));
            }
        }
        System.out.println();
        for (Gate gate : gates) {
            Results results = all.get(gate.name);
            if (!gate.isDirect) {
                System.out.printf(
                        Locale.ROOT,
                        "%-14s first answer after %4.0f ms, RSS after the load %4.0f MB%n",
                        gate.name,
                        median(results.startMillis),
                        median(results.rssMegabytes));
            }
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static Process startUpstream(Path folder, int port) throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.write(files.resolve("1k"), new byte[1024]);
        Files.write(files.resolve("64k"), new byte[64 * 1024]);
        Files.write(files.resolve("16m"), new byte[16 * 1024 * 1024]);
        String server = "sendfile on; server { listen 127.0.0.1:" + port + "; root " + files + "; }";
        return start(nginx(folder, "upstream", server));
    }

    private static String proxyServer(int port, int upstream) {
        return """
                upstream tool { server 127.0.0.1:%d; keepalive 64; }
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        if ($cookie_pingate != "%s") { return 401; }
                        proxy_pass http://tool;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                        proxy_max_temp_file_size 0;
                    }
                }
                """
                .formatted(upstream, port, TOKEN);
    }

    private static List<String> nginx(Path folder, String name, String servers) throws IOException {
        Path prefix = Files.createDirectory(folder.resolve(name));
        String paths = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> kind + "_temp_path " + prefix.resolve(kind) + ";")
                .reduce("", String::concat);
        Path file = prefix.resolve("nginx.conf");
        Files.writeString(
                file,
                "daemon off; worker_processes 1; pid " + prefix.resolve("pid") + "; error_log stderr crit;"
                        + " events { worker_connections 1024; }"
                        + " http { access_log off; keepalive_requests 100000000; " + paths + servers + "}");
        return List.of("nginx", "-p", prefix.toString(), "-c", file.toString());
    }

    private static Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of("PINGATE_PIN", "97531", "PINGATE_SECRET", SECRET, "BENCH_TOKEN", TOKEN));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        // A run that is cut off leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }

    private static double cpuSeconds(Process process) throws IOException {
        double ticks = 0;
        for (ProcessHandle handle : tree(process)) {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double rss(Process process) throws IOException {
        double kilobytes = 0;
        for (ProcessHandle handle : tree(process)) {
            String status = Files.readString(Path.of("/proc/" + handle.pid() + "/status"));
            kilobytes += Double.parseDouble(find("VmRSS:\\s+(\\d+)", status).group(1));
        }
        return kilobytes / 1024;
    }

    private static List<ProcessHandle> tree(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /** Until a request is answered, with whatever status. */
    private static void await(int port) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write(("GET /1k HTTP/1.1\r\nHost: localhost\r\nCookie: pingate=" + TOKEN + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                if (in.read() == 'H') {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
            Thread.sleep(5);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String java() {
        return javaTool("java");
    }

    private static String javaTool(String name) {
        return System.getProperty("java.home") + "/bin/" + name;
    }

    private static String token() {
        String expiry = Long.toString(System.currentTimeMillis() / 1000 + 24 * 3600);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(expiry.getBytes(StandardCharsets.US_ASCII));
            return expiry + "." + HexFormat.of().formatHex(signature);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
