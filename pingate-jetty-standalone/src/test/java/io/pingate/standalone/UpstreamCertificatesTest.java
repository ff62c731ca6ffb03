package io.pingate.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.testing.Deadline;
import io.pingate.testing.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An https upstream is known by what is in the file of the moment. The certificates are made by tls/make.sh. */
@Timeout(60)
class UpstreamCertificatesTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpsServer upstream;
    private String authority;
    private String stranger;

    @BeforeEach
    void listen() throws Exception {
        KeyStore keys = TlsFiles.keys("/io/pingate/standalone/tls/localhost.p12");
        authority = TlsFiles.pem(keys.getCertificateChain("key")[1]);
        stranger = TlsFiles.pem(
                TlsFiles.keys("/io/pingate/standalone/tls/expired.p12").getCertificate("key"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        upstream = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // One alone would wait for handshakes that come to nothing.
        upstream.setExecutor(threads);
        upstream.setHttpsConfigurator(new HttpsConfigurator(context));
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
        threads.shutdownNow();
    }

    @Test
    void next_request_goes_by_the_new_certificates_when_their_file_changes() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), authority);
        try (PingateServer gate = new PingateServer(settings(file))) {
            gate.start();
            assertEquals(204, status(gate, "/open/a"));

            // A connection of before rests by now, and must not serve whom it was not made for.
            Files.writeString(file, stranger);
            assertTrue(becomes(gate, 502));

            Files.writeString(file, authority);
            assertTrue(becomes(gate, 204));
        }
    }

    private boolean becomes(PingateServer gate, int status) throws Exception {
        return Deadline.reached(Deadline.USUAL, () -> status(gate, "/open/a") == status);
    }

    private int status(PingateServer gate, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gate.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private PinGateSettings settings(Path file) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PINGATE_PIN", "73914625");
        environment.put("PINGATE_PORT", "0");
        environment.put("PINGATE_PUBLIC_PATHS", "/open/*");
        environment.put(
                "PINGATE_UPSTREAM", "https://localhost:" + upstream.getAddress().getPort());
        environment.put("PINGATE_UPSTREAM_CA_FILE", file.toString());
        environment.put("PINGATE_STATE_DIR", folder.resolve("state").toString());
        return PinGateSettings.load(SettingsSource.environment(environment::get));
    }
}
