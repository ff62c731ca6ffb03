import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The JDK's own HTTP client before the gate: {@code java Client.java GATE UPSTREAM PIN}. */
final class Client {
    private static final byte[] UPLOAD = new byte[8 << 20];

    private final HttpClient http;
    private final String gate;
    private final String upstream;
    private final String pin;

    private Client(String gate, String upstream, String pin) {
        this.gate = gate;
        this.upstream = upstream;
        this.pin = pin;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    interface Step {
        void run() throws Exception;
    }

    public static void main(String[] arguments) {
        new Random(1).nextBytes(UPLOAD);
        Client client = new Client(arguments[0], arguments[1], arguments[2]);
        check("401 is an answer, not an exception", client::isRefused);
        check("an upload without a cookie is told 401, 5 times of 5", client::isRefusedEarly);
        check("the PIN opens the page, and the cookie manager brings the cookie back", client::signsIn);
        check("8 MiB go up whole", client::uploads);
        check("each event arrives before the next is sent", client::reads);
        check("a WebSocket echoes", client::talks);
        System.exit(0);
    }

    private static void check(String what, Step step) {
        try {
            step.run();
            System.out.println("PASS java.net.http: " + what);
        } catch (Exception | AssertionError problem) {
            System.out.println("FAIL java.net.http: " + what + ": " + problem);
        }
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30));
    }

    private String text(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private void isRefused() throws Exception {
        HttpResponse<String> answer = http.send(request(gate + "/page/silent").build(), BodyHandlers.ofString());
        same(401, answer.statusCode());
        same(true, answer.body().contains("\"sign_in\":\"/pin\""));
    }

    private void isRefusedEarly() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpRequest upload = request(gate + "/upload").PUT(BodyPublishers.ofByteArray(UPLOAD)).build();
            same(401, http.send(upload, BodyHandlers.ofString()).statusCode());
        }
    }

    private void signsIn() throws Exception {
        HttpRequest form = request(gate + "/pin/check")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("pin=" + pin + "&next=/page/silent"))
                .build();
        same(true, text(form).contains("for me@example.org"));
    }

    private void uploads() throws Exception {
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(UPLOAD));
        HttpRequest upload = request(gate + "/upload").PUT(BodyPublishers.ofByteArray(UPLOAD)).build();
        same(UPLOAD.length + " " + hash, text(upload));
    }

    private void reads() throws Exception {
        HttpRequest events = request(gate + "/events/java").build();
        Iterator<String> lines = http.send(events, BodyHandlers.ofLines()).body().iterator();
        for (int n = 1; n <= 20; n++) {
            int number = n;
            String event = CompletableFuture.supplyAsync(() -> lines.next() + lines.next() + lines.next())
                    .get(10, TimeUnit.SECONDS);
            same("id: " + number + "data: {\"n\":" + number + "}", event);
            same(Integer.toString(n + 1), text(request(upstream + "/next/java").version(HttpClient.Version.HTTP_1_1).build()));
        }
    }

    private void talks() throws Exception {
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                echo.complete(data.toString());
                return null;
            }
        };
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(gate.replace("http", "ws") + "/echo"), listener)
                .get(10, TimeUnit.SECONDS);
        socket.sendText("grüß dich ✓", true);
        same("grüß dich ✓", echo.get(10, TimeUnit.SECONDS));
        socket.abort();
    }
}
