package io.pingate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.PingateServer;
import io.pingate.testing.RawUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The head of a request, through a real gate: the upstream gets nothing or one well-formed request, with the gate's identity
 * if a good cookie (<code>{C}</code>) was in it, and without one on a public path only.
 */
final class HeadFuzz {
    private static final String KEY = "key-of-the-fuzz-targets";
    private static final String EMAIL = "ada@owner.test";
    private static final int PATIENCE_MILLIS = 300;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ /[^\\x00-\\x20\\x7f]* HTTP/1\\.1");
    private static final Pattern FIELD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Recorder UPSTREAM = new Recorder();
    private static final String COOKIE = "pingate=" + token();
    /** Which of the last requests had a cookie: one may reach the upstream when its client has gone. */
    private static final Map<Integer, Boolean> SIGNED_IN = new ConcurrentHashMap<>();

    private static final int GATE_PORT = gate();
    private static int count;

    private HeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        int number = ++count;
        String head = head(new String(input, ISO_8859_1), number);
        SIGNED_IN.put(number, head.contains(COOKIE));
        SIGNED_IN.remove(number - 1_000);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), GATE_PORT)) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.getOutputStream().write(head.getBytes(ISO_8859_1));
            awaitAnswer(client.getInputStream());
        } catch (SocketException | SocketTimeoutException e) {
            // Refused without a word, or waiting for a body that never comes.
        }
        assertEquals(List.of(), UPSTREAM.faults(), head);
        List<String> requests = UPSTREAM.requests();
        assertTrue(requests.size() <= 1 || requests.stream().distinct().count() == requests.size(), head);
        for (String request : requests) {
            assertIsTheGates(request);
        }
    }

    /** Up to its first empty line, with a field of our own behind the request line. */
    private static String head(String input, int number) {
        String text = input.replaceFirst("^[\\r\\n]+", "").replaceFirst("(?s)\\r?\\n\\r?\\n.*", "");
        String lines = text.replace("{C}", COOKIE);
        int end = lines.indexOf('\n');
        String mark = "X-Exec: " + number + "\r\n";
        return end < 0
                ? lines + "\r\n" + mark + "\r\n"
                : lines.substring(0, end + 1) + mark + lines.substring(end + 1) + "\r\n\r\n";
    }

    private static void awaitAnswer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        int read = in.read();
        while (read >= 0) {
            answer.append((char) read);
            if (answer.length() >= 4 && answer.indexOf("\r\n\r\n", answer.length() - 4) >= 0) {
                if (!answer.toString().matches("(?s)HTTP/1\\.1 1.*")) {
                    return;
                }
                answer.setLength(0);
            }
            read = in.read();
        }
    }

    private static void assertIsTheGates(String head) {
        String[] lines = head.split("\r\n", -1);
        assertTrue(REQUEST_LINE.matcher(lines[0]).matches(), head);
        int hosts = 0;
        int lengths = 0;
        int identities = 0;
        for (int i = 1; i < lines.length - 2; i++) {
            assertTrue(FIELD.matcher(lines[i]).matches(), head);
            String name = lines[i].substring(0, lines[i].indexOf(':'))
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^a-z0-9]", "-");
            hosts += name.equals("host") ? 1 : 0;
            lengths += name.equals("content-length") || name.equals("transfer-encoding") ? 1 : 0;
            assertTrue(!name.equals("cookie") || !lines[i].contains(COOKIE), head);
            if (name.equals("x-trusted-user-email") || name.equals("x-trusted-user-name")) {
                assertEquals("X-Trusted-User-Email: " + EMAIL, lines[i], head);
                identities++;
            }
        }
        assertEquals(1, hosts, head);
        assertTrue(lengths <= 1, head);
        boolean open = lines[0].contains(" /hook/");
        assertTrue(open || identities == 1, head);
        assertTrue(identities == 0 || isSignedIn(head), head);
    }

    private static boolean isSignedIn(String head) {
        var mark = Pattern.compile("\r\nX-Exec: ([0-9]+)\r\n").matcher(head);
        return !mark.find() || Boolean.TRUE.equals(SIGNED_IN.get(Integer.valueOf(mark.group(1))));
    }

    private static int gate() {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        Map<String, String> environment = Map.of(
                "PINGATE_UPSTREAM",
                "http://127.0.0.1:" + upstream(),
                "PINGATE_PIN",
                "246813",
                "PINGATE_SECRET",
                KEY,
                "PINGATE_PORT",
                "0",
                "PINGATE_PUBLIC_PATHS",
                "/hook/*",
                "PINGATE_TRUSTED_EMAIL",
                EMAIL);
        PingateServer server = new PingateServer(PinGateSettings.load(SettingsSource.environment(environment::get)));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return server.port();
    }

    private static int upstream() {
        try {
            RawUpstream upstream = RawUpstream.start();
            upstream.play(UPSTREAM);
            return upstream.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(ISO_8859_1), "HmacSHA256"));
            String value = Long.toString(Instant.now().getEpochSecond() + 86_400);
            return value + "." + HexFormat.of().formatHex(mac.doFinal(value.getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
