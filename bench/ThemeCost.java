import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a theme costs: a gate with one and a gate without, side by side before the same upstream, in turns. Prints the CPU
 * time of each gate for a request, of 64 KiB of HTML and of the same as plain text; the median of three launches counts.
 *
 * <p>Run it as {@code java bench/ThemeCost.java path/to/pingate.jar [requests in a round]}.
 */
public final class ThemeCost {
    private static final String SECRET = "a key for a bench alone";
    private static final int PAGE_BYTES = 64 * 1024;
    private static final int LAUNCHES = 3;
    /** The JVM compiles for long while the machine is busy. */
    private static final int WARM_UP_ROUNDS = 4;

    private static final int ROUNDS = 6;
    private static final int CONNECTIONS = 4;
    private static final List<String> KINDS = List.of("text", "html", "html-long-head", "html-gzip");
    private static final Map<String, byte[]> ANSWERS = new TreeMap<>();

    private ThemeCost() {}

    public static void main(String[] args) throws Exception {
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        for (String kind : KINDS) {
            ANSWERS.put(kind, answer(kind));
        }
        Map<String, List<double[]>> figures = new TreeMap<>();
        try (ServerSocket upstream = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            daemon(() -> serve(upstream));
            for (int launch = 0; launch < LAUNCHES; launch++) {
                launch(Path.of(args[0]), upstream.getLocalPort(), requests, figures);
            }
        }
        for (String kind : KINDS) {
            double[] median = figures.get(kind).stream()
                    .sorted((one, other) -> Double.compare(one[1] / one[0], other[1] / other[0]))
                    .toList()
                    .get(LAUNCHES / 2);
            System.out.printf(
                    "%-14s  plain %6.1f us, themed %6.1f us, %+5.1f%% (median of %d launches)%n",
                    kind, median[0], median[1], 100 * (median[1] / median[0] - 1), LAUNCHES);
        }
    }

    private static void launch(Path jar, int upstream, int requests, Map<String, List<double[]>> figures)
            throws Exception {
        Path theme = Files.createTempFile("theme", ".css");
        Files.writeString(theme, "body { background: rgb(1, 2, 3) }\n".repeat(60));
        int[] ports = {freePort(), freePort()};
        Process[] gates = {start(jar, ports[0], upstream, null), start(jar, ports[1], upstream, theme)};
        try {
            for (int port : ports) {
                awaitListener(port);
            }
            List<Map<String, double[]>> rounds = new ArrayList<>();
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                rounds.add(round(gates, ports, requests, round % 2));
            }
            for (String kind : KINDS) {
                double[] micros = {mean(rounds, kind, 0), mean(rounds, kind, 1)};
                figures.computeIfAbsent(kind, name -> new ArrayList<>()).add(micros);
                System.out.printf("%-14s  plain %6.1f us, themed %6.1f us%n", kind, micros[0], micros[1]);
            }
        } finally {
            for (Process gate : gates) {
                gate.destroy();
                gate.waitFor(15, TimeUnit.SECONDS);
            }
            Files.delete(theme);
        }
    }

    /** Whoever comes second finds the machine warmer, so the gates take turns at that too. */
    private static Map<String, double[]> round(Process[] gates, int[] ports, int requests, int first) throws Exception {
        Map<String, double[]> round = new TreeMap<>();
        for (String kind : KINDS) {
            double[] micros = new double[2];
            for (int gate : new int[] {first, 1 - first}) {
                Duration before = cpu(gates[gate]);
                ask(ports[gate], kind, requests);
                micros[gate] = cpu(gates[gate]).minus(before).toNanos() / 1000.0 / requests;
            }
            round.put(kind, micros);
        }
        return round;
    }

    /** The system counts in steps of 10 ms, which is too coarse for one round. */
    private static double mean(List<Map<String, double[]>> rounds, String kind, int gate) {
        return rounds.stream()
                .skip(WARM_UP_ROUNDS)
                .mapToDouble(round -> round.get(kind)[gate])
                .average()
                .orElseThrow();
    }

    private static Duration cpu(Process gate) {
        return gate.info().totalCpuDuration().orElseThrow();
    }

    /** Words of a page, not the same ones over and over, which would pack too well. */
    private static byte[] answer(String kind) throws IOException {
        Random random = new Random(1);
        StringBuilder page = new StringBuilder("<!doctype html><html><head><title>A page</title>");
        if (kind.equals("html-long-head")) {
            page.append("<style>");
            while (page.length() < PAGE_BYTES - 4096) {
                page.append(".c").append(random.nextInt(10_000)).append(" > p { margin: ")
                        .append(random.nextInt(100)).append("px }\n");
            }
            page.append("</style>");
        }
        while (page.length() < 2048) {
            page.append("<link rel=\"stylesheet\" href=\"/assets/").append(random.nextInt()).append(".css\">\n");
        }
        page.append("</head><body>");
        while (page.length() < PAGE_BYTES) {
            page.append("<p class=\"line\">Entry ").append(random.nextInt()).append(" of a list of ")
                    .append(random.nextInt(1000)).append("</p>\n");
        }
        byte[] body = ascii(page.substring(0, PAGE_BYTES));
        boolean gzip = kind.endsWith("gzip");
        byte[] sent = gzip ? gzip(body) : body;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/" + (kind.equals("text") ? "plain" : "html")
                + (gzip ? "\r\nContent-Encoding: gzip" : "") + "\r\nContent-Length: " + sent.length + "\r\n\r\n"));
        out.write(sent);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(body);
        }
        return out.toByteArray();
    }

    private static void ask(int port, String kind, int requests) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(clients.submit(() -> askInTurn(port, kind, requests / CONNECTIONS)));
        }
        clients.shutdown();
        for (Future<?> client : running) {
            client.get();
        }
    }

    private static Void askInTurn(int port, String kind, int requests) throws IOException {
        byte[] request = ascii("GET /" + kind + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n"
                + "Accept-Encoding: gzip, deflate, br\r\nCookie: pingate=" + token() + "\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 128 * 1024);
            for (int i = 0; i < requests; i++) {
                socket.getOutputStream().write(request);
                readAnswer(in);
            }
        }
        return null;
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.contains(" 200 ")) {
            throw new IOException(status);
        }
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        if (length >= 0) {
            in.skipNBytes(length);
            return;
        }
        int chunk;
        do {
            chunk = Integer.parseInt(line(in), 16);
            in.skipNBytes(chunk + 2);
        } while (chunk > 0);
    }

    private static void serve(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                daemon(() -> answerAll(socket));
            }
        } catch (IOException closed) {
            // the end of the run
        }
    }

    private static void answerAll(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                String kind = line(in).split("[ /]+")[1];
                while (!line(in).isEmpty()) {}
                socket.getOutputStream().write(ANSWERS.get(kind));
            }
        } catch (IOException left) {
            // a gate has ended
        }
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

    private static Process start(Path jar, int port, int upstream, Path theme) throws IOException {
        ProcessBuilder gate = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-jar",
                jar.toString(),
                "--port",
                Integer.toString(port),
                "--upstream",
                "http://127.0.0.1:" + upstream);
        gate.environment().put("PINGATE_PIN", "97531");
        gate.environment().put("PINGATE_SECRET", SECRET);
        if (theme != null) {
            gate.environment().put("PINGATE_THEME_CSS_PATH", theme.toString());
        }
        return gate.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitListener(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
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
