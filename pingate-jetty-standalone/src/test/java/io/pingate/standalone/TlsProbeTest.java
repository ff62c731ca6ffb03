package io.pingate.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines at start say of an https upstream. Its certificates are made by tls/make.sh. */
@Timeout(60)
class TlsProbeTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    localhost | localhost |           |            |       | PINGATE_UPSTREAM_CA_FILE.
                    localhost | localhost | tls/ca.pem |           |       |
                    localhost | 127.0.0.1 | tls/ca.pem |           |       | PINGATE_UPSTREAM_TLS_NAME.
                    localhost | 127.0.0.1 | tls/ca.pem | localhost |       |
                    localhost | localhost | tls/ca.pem | other.test |      | PINGATE_UPSTREAM_TLS_NAME.
                    localhost | 127.0.0.1 |           |            | true  |
                    expired   | localhost | tls/ca.pem |           |       | has expired
                    expired   | localhost |           |            | true  |
                    """)
    void certificate_is_judged_as_the_settings_say(
            String certificate, String host, String caFile, String name, String insecure, String advice)
            throws Exception {
        Map<String, String> more = new HashMap<>();
        more.put(
                "PINGATE_UPSTREAM_CA_FILE",
                caFile == null ? null : resource(caFile).getPath());
        more.put("PINGATE_UPSTREAM_TLS_NAME", name);
        more.put("PINGATE_UPSTREAM_INSECURE", insecure);
        try (ServerSocket server = listen(serving(certificate))) {
            String found = look("https://" + host + ":" + server.getLocalPort(), more);
            if (advice == null) {
                assertEquals("answers", found);
            } else {
                assertTrue(found.startsWith("answers, but TLS with it fails: "), found);
                assertTrue(found.contains(advice), found);
            }
        }
    }

    @Test
    void http_is_told_when_the_upstream_speaks_no_tls() throws Exception {
        try (ServerSocket server = listen(ServerSocketFactory.getDefault())) {
            String found = look("https://127.0.0.1:" + server.getLocalPort(), Map.of());
            assertTrue(found.contains("speaks no TLS there"), found);
        }
    }

    private String look(String upstream, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PINGATE_UPSTREAM", upstream);
        environment.put("PINGATE_STATE_DIR", folder.toString());
        PinGateSettings settings = PinGateSettings.load(SettingsSource.environment(environment::get));
        return UpstreamProbe.look(settings.routes().routes().get(0).upstream(), settings.upstreamTls());
    }

    /** Answers whoever comes, until it is closed. */
    private static ServerSocket listen(ServerSocketFactory factory) throws IOException {
        ServerSocket server = factory.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    if (socket instanceof SSLSocket tls) {
                        tls.startHandshake();
                    } else {
                        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    }
                    socket.getInputStream().read();
                } catch (IOException clientLeft) {
                    // Or the test is over.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static ServerSocketFactory serving(String certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = resource("tls/" + certificate + ".p12").openStream()) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    private static URL resource(String name) {
        return TlsProbeTest.class.getResource(name);
    }
}
