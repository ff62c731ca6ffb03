import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether the gate keeps what it should let go of: a mixed load for some time, and at given times what the gate holds. See
 * bench/README.md.
 *
 * <p>{@code java bench/MixedLoad.java pingate.jar [--minutes 30] [--rate 150] [--seed 1]}; a minute without more words. Ends
 * by itself, and its gate with it; the exit code is 1 when an answer was wrong.
 */
public final class MixedLoad {
    private static final String PIN = "864209";
    private static final String SECRET = "a key for a bench alone";
    private static final String STYLE = "p { color: teal }";
    private static final int WORKERS = 48;
    private static final int STREAMS = 20;
    private static final int SOCKETS = 20;
    private static final int LARGE_BYTES = 4_000_000;
    private static final byte[] FILLING = new byte[LARGE_BYTES];
    private static final long CALM_MILLIS = 40_000;

    private final int gate;
    private final Random seeds;
    private final Map<String, LongAdder> right = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> wrong = new ConcurrentSkipListMap<>();
    private final AtomicLong late = new AtomicLong();
    private volatile boolean over;

    private MixedLoad(int gate, long seed) {
        this.gate = gate;
        this.seeds = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        double minutes = Double.parseDouble(option(args, "--minutes", "1"));
        int rate = Integer.parseInt(option(args, "--rate", "150"));
        long seed = Long.parseLong(option(args, "--seed", "1"));
        Path folder = Files.createTempDirectory("mixed-load");
        Process process = null;
        boolean good = false;
        try (ServerSocket listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
            daemon(() -> accept(listener));
            int port = freePort();
            process = start(args[0], folder, port, listener.getLocalPort());
            await(port);
            MixedLoad load = new MixedLoad(port, seed);
            load.run(process.pid(), minutes, rate);
            good = load.wrong.isEmpty();
        } finally {
            if (process != null) {
                process.destroy();
                if (!process.waitFor(15, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                System.out.println("the gate's log:");
                Files.lines(folder.resolve("log"))
                        .filter(line -> line.contains("WARN") || line.contains("ERROR") || line.contains("Exception"))
                        .limit(20)
                        .forEach(System.out::println);
            }
            delete(folder);
        }
        System.exit(good ? 0 : 1);
    }

    // The load

    /** What a client does, and how often in a hundred. */
    private enum Deed {
        PAGE(52),
        STRANGER(5),
        SIGN_IN(3),
        WRONG_PIN(2),
        UPLOAD(12),
        BROKEN_UPLOAD(6),
        EARLY_ANSWER(3),
        LEAVE_IN_THE_ANSWER(6),
        LEAVE_BEFORE_THE_ANSWER(3),
        CUT_ANSWER(3),
        HALF_HEAD(2),
        HEALTH(3);

        private final int share;

        Deed(int share) {
            this.share = share;
        }

        static Deed draw(Random random) {
            int left = random.nextInt(100);
            for (Deed deed : values()) {
                left -= deed.share;
                if (left < 0) {
                    return deed;
                }
            }
            return PAGE;
        }
    }

    private void run(long gateProcess, double minutes, int rate) throws Exception {
        long start = System.nanoTime();
        try (Client first = new Client(gate)) {
            for (int i = 0; i < 5 * rate; i++) {
                doOne(Deed.PAGE, new Random(i), first);
            }
        }
        report("at start", gateProcess);
        Semaphore permits = new Semaphore(0);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Random random = new Random(seeds.nextLong());
            threads.add(daemon(() -> work(permits, random)));
        }
        for (int i = 0; i < STREAMS + SOCKETS; i++) {
            Random random = new Random(seeds.nextLong());
            boolean stream = i < STREAMS;
            threads.add(daemon(() -> stay(stream, random)));
        }
        List<Double> looks = new ArrayList<>(
                minutes >= 30 ? List.of(5.0, 15.0, 30.0) : List.of(minutes / 6, minutes / 2, minutes));
        long begun = System.nanoTime();
        for (long tick = 1; !looks.isEmpty(); tick++) {
            LockSupport.parkNanos(begun + tick * 20_000_000 - System.nanoTime());
            // Fifty times a second; whoever is late has not to catch up.
            int due = (int) (tick * rate / 50 - (tick - 1) * rate / 50);
            if (permits.availablePermits() > rate) {
                late.addAndGet(due);
            } else {
                permits.release(due);
            }
            double passed = (System.nanoTime() - begun) / 60e9;
            if (passed >= looks.get(0)) {
                report(String.format(Locale.ROOT, "after %.1f min", looks.remove(0)), gateProcess);
            }
        }
        over = true;
        permits.release(WORKERS);
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        // Upstream connections are kept for half a minute.
        Thread.sleep(CALM_MILLIS);
        report("when all have left", gateProcess);
        System.out.printf(Locale.ROOT, "%.1f minutes in all%n", (System.nanoTime() - start) / 60e9);
        System.out.println("right: " + right);
        System.out.println("wrong: " + wrong + ", not asked since the clients were behind: " + late);
    }

    private void work(Semaphore permits, Random random) {
        Client kept = null;
        while (true) {
            permits.acquireUninterruptibly();
            if (over) {
                close(kept);
                return;
            }
            Deed deed = Deed.draw(random);
            boolean keeps = deed == Deed.PAGE || deed == Deed.STRANGER || deed == Deed.UPLOAD;
            try {
                if (keeps && (kept == null || random.nextInt(50) == 0)) {
                    close(kept);
                    kept = new Client(gate);
                }
                Client client = keeps ? kept : new Client(gate);
                if (!doOne(deed, random, client)) {
                    close(client);
                    kept = keeps ? null : kept;
                }
            } catch (IOException e) {
                count(wrong, deed + " no connection: " + e);
            }
        }
    }

    /** True when the connection may be used again. */
    private boolean doOne(Deed deed, Random random, Client client) {
        try {
            String fault = switch (deed) {
                case PAGE -> page(random, client);
                case STRANGER -> expect(401, client.ask("GET /page HTTP/1.1\r\n", false, "").status);
                case SIGN_IN -> signIn(random, client);
                case WRONG_PIN -> wrongPin(random, client);
                case UPLOAD -> upload(random, client);
                case BROKEN_UPLOAD -> brokenUpload(random, client);
                case EARLY_ANSWER -> earlyAnswer(client);
                case LEAVE_IN_THE_ANSWER -> leaveInTheAnswer(random, client);
                case LEAVE_BEFORE_THE_ANSWER -> leaveBeforeTheAnswer(random, client);
                case CUT_ANSWER -> cutAnswer(random, client);
                case HALF_HEAD -> halfHead(random, client);
                case HEALTH -> expect(200, client.ask("GET /pin/health HTTP/1.1\r\n", false, "").status);
            };
            count(fault == null ? right : wrong, fault == null ? deed.toString() : deed + " " + fault);
            boolean keeps = deed == Deed.PAGE || deed == Deed.STRANGER || deed == Deed.UPLOAD;
            if (!keeps) {
                client.leave(random.nextInt(4) == 0);
            }
            return keeps && fault == null;
        } catch (IOException | RuntimeException e) {
            count(wrong, deed + " " + e);
            return false;
        }
    }

    private static String page(Random random, Client client) throws IOException {
        int size = 200 + random.nextInt(random.nextInt(10) == 0 ? 200_000 : 20_000);
        String kind = random.nextBoolean() ? "chunks" : random.nextInt(3) == 0 ? "gzip" : "length";
        String wish = "Accept: text/html\r\nAccept-Encoding: gzip\r\n";
        Answer answer = client.ask("GET /page?" + kind + "&" + size + " HTTP/1.1\r\n" + wish, true, "");
        if (answer.status != 200 || !answer.whole) {
            return answer.toString();
        }
        byte[] body = answer.head.contains("Content-Encoding: gzip") ? unzip(answer.body) : answer.body;
        byte[] expected = html(size, "<style>" + STYLE + "</style>");
        // What the gate's style looks like in detail is its own affair.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return text.contains(STYLE) && text.endsWith("</body>") && body.length >= expected.length - 20
                ? null
                : "a page of " + body.length + " bytes in place of " + expected.length;
    }

    private static String signIn(Random random, Client client) throws IOException {
        // A cookie that has run out makes a guesser with a budget of its own.
        String old = token(System.currentTimeMillis() / 1000 - 1 - random.nextInt(100_000));
        Answer answer = client.post("/pin", "Cookie: pingate=" + old + "\r\n", "pin=" + PIN);
        return answer.status == 303 && answer.head.contains("Set-Cookie: pingate=") ? null : answer.toString();
    }

    private static String wrongPin(Random random, Client client) throws IOException {
        String from = "X-Forwarded-For: 192.0.2." + random.nextInt(256) + "\r\n";
        Answer answer = client.post("/pin", from, "pin=" + random.nextInt(10_000));
        return answer.status == 401 || answer.status == 429 ? null : answer.toString();
    }

    private static String upload(Random random, Client client) throws IOException {
        byte[] body = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 1_000_000 : 30_000)];
        random.nextBytes(body);
        boolean chunks = random.nextBoolean();
        client.send("POST /upload HTTP/1.1\r\n", true, chunks ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
        if (chunks) {
            client.write((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        client.write(body);
        if (chunks) {
            client.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        Answer answer = client.answer();
        return answer.status == 200 && answer.text().equals(sum(body)) ? null : answer.toString();
    }

    private static String brokenUpload(Random random, Client client) throws IOException {
        boolean chunks = random.nextBoolean();
        client.send("POST /upload HTTP/1.1\r\n", true, chunks ? "Transfer-Encoding: chunked" : "Content-Length: 300000");
        client.write(chunks ? "10000\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[10]);
        client.write(new byte[random.nextInt(60_000)]);
        return null;
    }

    private static String earlyAnswer(Client client) throws IOException {
        client.send("POST /early HTTP/1.1\r\n", true, "Content-Length: 300000");
        client.write(new byte[2_000]);
        return expect(413, client.answer().status);
    }

    private static String leaveInTheAnswer(Random random, Client client) throws IOException {
        client.send("GET /large HTTP/1.1\r\n", true, "");
        int wanted = random.nextInt(LARGE_BYTES);
        client.in.skipNBytes(wanted / (1 + random.nextInt(100)));
        return null;
    }

    private static String leaveBeforeTheAnswer(Random random, Client client) throws IOException {
        client.send("GET /slow HTTP/1.1\r\n", true, "");
        LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
        return null;
    }

    private static String cutAnswer(Random random, Client client) throws IOException {
        Answer answer = client.ask("GET /cut?" + (random.nextBoolean() ? "chunks" : "length") + " HTTP/1.1\r\n", true, "");
        return answer.status == 502 || !answer.whole ? null : "half an answer looks whole";
    }

    private static String halfHead(Random random, Client client) throws IOException {
        client.write("GET /page HTTP/1.1\r\nHost: a\r\nX-".getBytes(StandardCharsets.US_ASCII));
        LockSupport.parkNanos(random.nextInt(1_000) * 1_000_000L);
        return null;
    }

    private static String expect(int status, int got) {
        return status == got ? null : "status " + got;
    }

    /** Streams and sockets, one after the other, each for some seconds. */
    private void stay(boolean stream, Random random) {
        while (!over) {
            String what = stream ? "STREAM" : "SOCKET";
            long until = System.nanoTime() + (500 + random.nextInt(15_000)) * 1_000_000L;
            try (Client client = new Client(gate)) {
                if (stream) {
                    listen(client, until);
                } else {
                    talk(client, until);
                }
                count(right, what);
                client.leave(random.nextInt(4) == 0);
            } catch (IOException | RuntimeException e) {
                count(wrong, what + " " + e);
                LockSupport.parkNanos(1_000_000_000);
            }
        }
    }

    private void listen(Client client, long until) throws IOException {
        client.send("GET /events HTTP/1.1\r\n", true, "");
        client.line("\r\n\r\n");
        for (int i = 0; System.nanoTime() < until && !over; i++) {
            String piece = client.line("\n\n\r\n");
            if (!piece.contains("data: " + i + "\n")) {
                throw new IOException("not event " + i + ": " + piece);
            }
        }
    }

    private void talk(Client client, long until) throws IOException {
        client.send(
                "GET /socket HTTP/1.1\r\n",
                true,
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        if (!client.line("\r\n\r\n").startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no 101");
        }
        for (byte i = 0; System.nanoTime() < until && !over; i++) {
            // A binary frame of 64 bytes, its mask zero, so that the echo is the frame itself (RFC 6455 section 5.3).
            byte[] frame = new byte[70];
            frame[0] = (byte) 0x82;
            frame[1] = (byte) 0xc0;
            frame[6] = i;
            client.write(frame);
            if (!java.util.Arrays.equals(frame, client.in.readNBytes(frame.length))) {
                throw new IOException("another echo");
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static void count(Map<String, LongAdder> where, String what) {
        where.computeIfAbsent(what, name -> new LongAdder()).increment();
    }

    // A client

    private record Answer(int status, String head, byte[] body, boolean whole) {
        String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return "status " + status + (whole ? "" : ", cut");
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;
        private final OutputStream out;

        Client(int port) throws IOException {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        void send(String line, boolean signedIn, String more) throws IOException {
            String cookie = signedIn ? "Cookie: pingate=" + token(System.currentTimeMillis() / 1000 + 86_400) + "\r\n" : "";
            write((line + "Host: localhost\r\n" + cookie + (more.isEmpty() ? "" : more + "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }

        Answer ask(String line, boolean signedIn, String more) throws IOException {
            send(line, signedIn, more);
            return answer();
        }

        Answer post(String path, String fields, String form) throws IOException {
            write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields
                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                            + "\r\n\r\n" + form)
                    .getBytes(StandardCharsets.US_ASCII));
            return answer();
        }

        Answer answer() throws IOException {
            String head = line("\r\n\r\n");
            int status = Integer.parseInt(head.substring(9, 12));
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean whole = readBody(head.toLowerCase(Locale.ROOT), body);
            return new Answer(status, head, body.toByteArray(), whole);
        }

        private boolean readBody(String head, ByteArrayOutputStream body) {
            try {
                Matcher length = Pattern.compile("\r\ncontent-length: (\\d+)").matcher(head);
                if (length.find()) {
                    return copy(Integer.parseInt(length.group(1)), body);
                }
                for (int size = -1; size != 0; ) {
                    size = Integer.parseInt(line("\r\n").strip(), 16);
                    if (!copy(size, body)) {
                        return false;
                    }
                    line("\r\n");
                }
                return true;
            } catch (IOException cut) {
                return false;
            }
        }

        private boolean copy(int bytes, ByteArrayOutputStream to) throws IOException {
            byte[] read = in.readNBytes(bytes);
            to.writeBytes(read);
            return read.length == bytes;
        }

        /** Up to and with the given end. */
        String line(String end) throws IOException {
            StringBuilder line = new StringBuilder();
            while (line.length() < end.length() || line.indexOf(end, line.length() - end.length()) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("ended after: " + line);
                }
                line.append((char) next);
            }
            return line.toString();
        }

        /** By a close, or by a reset, as programs leave that have crashed. */
        void leave(boolean abruptly) throws IOException {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    // The upstream

    private static void accept(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                // Closed, or too many at once: the gate tells its clients.
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                String head = head(in);
                String target = head.split(" ", 3)[1];
                if (target.startsWith("/page")) {
                    servePage(target, out);
                } else if (target.equals("/upload")) {
                    byte[] body = body(head, in);
                    answer(out, "", sum(body).getBytes(StandardCharsets.US_ASCII));
                } else {
                    serveOnce(target, in, out);
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            // The gate has closed it, as it should when its client has left.
        }
    }

    private static void servePage(String target, OutputStream out) throws IOException {
        String[] parts = target.split("[?&]");
        byte[] page = html(Integer.parseInt(parts[2]), "");
        if (parts[1].equals("chunks")) {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(page.length) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(page);
            out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else if (parts[1].equals("gzip")) {
            answer(out, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", zip(page));
        } else {
            answer(out, "Content-Type: text/html\r\n", page);
        }
    }

    /** What ends its connection. */
    private static void serveOnce(String target, InputStream in, OutputStream out) throws IOException {
        switch (target.split("\\?")[0]) {
            case "/events" -> {
                chunkedHead(out);
                for (int i = 0; ; i++) {
                    String event = "data: " + i + "\n\n";
                    out.write((Integer.toHexString(event.length()) + "\r\n" + event + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
                    LockSupport.parkNanos(200_000_000);
                }
            }
            case "/socket" -> {
                out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] buffer = new byte[1_024];
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
            case "/early" -> out.write(
                    "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"
                            .getBytes(StandardCharsets.US_ASCII));
            case "/large" -> answer(out, "Connection: close\r\n", FILLING);
            case "/slow" -> {
                LockSupport.parkNanos(600_000_000);
                answer(out, "Connection: close\r\n", new byte[10]);
            }
            case "/cut" -> {
                if (target.endsWith("chunks")) {
                    chunkedHead(out);
                    out.write("5\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
                }
            }
            default -> answer(out, "Connection: close\r\n", new byte[0]);
        }
    }

    private static void chunkedHead(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(OutputStream out, String fields, byte[] body) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        Matcher length = Pattern.compile("(?i)\r\ncontent-length: (\\d+)").matcher(head);
        if (length.find()) {
            return whole(in, Integer.parseInt(length.group(1)));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = -1; size != 0; ) {
            StringBuilder line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                line.append((char) whole(in, 1)[0]);
            }
            size = Integer.parseInt(line.toString().strip(), 16);
            body.writeBytes(whole(in, size));
            whole(in, 2);
        }
        return body.toByteArray();
    }

    private static byte[] whole(InputStream in, int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException();
        }
        return read;
    }

    private static byte[] html(int size, String style) {
        return ("<!doctype html><html><head><title>a page</title>" + style + "</head><body>" + "x".repeat(size) + "</body>")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] unzip(byte[] zipped) throws IOException {
        try (var gzip = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(zipped))) {
            return gzip.readAllBytes();
        }
    }

    private static String sum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return bytes.length + " bytes, " + Long.toHexString(crc.getValue());
    }

    // The gate's process

    private static Process start(String jar, Path folder, int port, int upstream) throws IOException {
        Path theme = Files.writeString(folder.resolve("theme.css"), STYLE);
        ProcessBuilder builder = new ProcessBuilder(java("java"), "-jar", jar);
        builder.environment()
                .putAll(Map.of(
                        "PINGATE_PORT", Integer.toString(port),
                        "PINGATE_UPSTREAM", "http://127.0.0.1:" + upstream,
                        "PINGATE_PIN", PIN,
                        "PINGATE_SECRET", SECRET,
                        "PINGATE_STATE_DIR", folder.resolve("state").toString(),
                        "PINGATE_THEME_CSS_PATH", theme.toString()));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        // A run that is cut off leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void report(String when, long process) throws IOException, InterruptedException {
        jcmd(process, "GC.run");
        String heap = jcmd(process, "GC.heap_info");
        // One line for all of it (G1), or one for each generation (serial).
        Matcher used = Pattern.compile("(?:heap|generation) +total \\d+K, used (\\d+)K").matcher(heap);
        long kilobytes = used.results().mapToLong(one -> Long.parseLong(one.group(1))).sum();
        String status = Files.readString(Path.of("/proc/" + process + "/status"));
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        System.out.printf(
                Locale.ROOT,
                "%-18s  heap after GC %6.1f MB, RSS %4d MB, threads %s, descriptors %d, of them sockets %d, CPU %.0f s, right %d, wrong %d%n",
                when,
                kilobytes / 1024.0,
                Long.parseLong(field(status, "VmRSS")) / 1024,
                field(status, "Threads"),
                descriptors(process, ""),
                descriptors(process, "socket:"),
                (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0,
                right.values().stream().mapToLong(LongAdder::sum).sum(),
                wrong.values().stream().mapToLong(LongAdder::sum).sum());
        System.out.flush();
    }

    private static String field(String status, String name) {
        Matcher matcher = Pattern.compile(name + ":\\s+(\\d+)").matcher(status);
        if (!matcher.find()) {
            throw new IllegalStateException(status);
        }
        return matcher.group(1);
    }

    private static long descriptors(long process, String kind) throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/" + process + "/fd"))) {
            return links.filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).toString().startsWith(kind);
                        } catch (IOException closed) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static String jcmd(long process, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(java("jcmd"), Long.toString(process), command)
                .redirectErrorStream(true)
                .start();
        String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return told;
    }

    private static void await(int port) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try (Client client = new Client(port)) {
                if (client.ask("GET /pin/health HTTP/1.1\r\n", false, "").status == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
            Thread.sleep(20);
        }
    }

    private static void close(Client client) {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(null, work, "load", 128 * 1024);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String java(String tool) {
        return System.getProperty("java.home") + "/bin/" + tool;
    }

    private static String option(String[] args, String name, String otherwise) {
        for (int i = 1; i < args.length - 1; i++) {
            if (args[i].equals(name)) {
                return args[i + 1];
            }
        }
        return otherwise;
    }

    private static String token(long expiry) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(Long.toString(expiry).getBytes(StandardCharsets.US_ASCII));
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
