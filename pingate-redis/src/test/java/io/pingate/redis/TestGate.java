package io.pingate.redis;

import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.settings.SettingsSource;
import io.pingate.standalone.PingateServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A gate that serves on a real socket, and who asks it. */
final class TestGate implements AutoCloseable {
    static final String PIN = "73914625";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final PinGateSettings settings;
    private final PingateServer server;

    TestGate(Path state, Map<String, String> more) throws IOException {
        settings = settings(state, more);
        server = new PingateServer(settings);
        server.start();
    }

    /** What the gate goes by; a command that goes by the same is on another machine when it has another folder. */
    static PinGateSettings settings(Path state, Map<String, String> more) {
        Map<String, String> environment = environment(state, more);
        return PinGateSettings.load(SettingsSource.environment(environment::get));
    }

    static Map<String, String> environment(Path state, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PINGATE_PIN", PIN,
                "PINGATE_SECRET", "0123456789abcdef0123456789abcdef",
                "PINGATE_STATE_DIR", state.toString(),
                "PINGATE_PORT", "0",
                "PINGATE_AUDIT_LOG", "off"));
        environment.putAll(more);
        return environment;
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> tryPin(String pin) throws IOException, InterruptedException {
        return CLIENT.send(
                at("/pin/check")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("pin=" + pin))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The status of a wrong PIN. */
    int guess() throws IOException, InterruptedException {
        return tryPin("00000000").statusCode();
    }

    /** How many of so many wrong PINs at once after the other are looked at. */
    int guesses(int number) throws IOException, InterruptedException {
        int granted = 0;
        for (int i = 0; i < number; i++) {
            granted += guess() == 401 ? 1 : 0;
        }
        return granted;
    }

    /** Signs in; the cookie. */
    String signIn() throws IOException, InterruptedException {
        return tryPin(PIN).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    int open(String name, String value) throws IOException, InterruptedException {
        return CLIENT.send(at("/").header(name, value).build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** The status of a page for whoever has a cookie. */
    int open(String cookie) throws IOException, InterruptedException {
        return open("Cookie", cookie);
    }

    int openWith(String token) throws IOException, InterruptedException {
        return open("Authorization", "Bearer " + token);
    }

    InputStream stream(String cookie) throws IOException, InterruptedException {
        return CLIENT.send(at("/stream").header("Cookie", cookie).build(), BodyHandlers.ofInputStream())
                .body();
    }

    int press(String link) throws IOException, InterruptedException {
        return CLIENT.send(
                        at("/pin/link/" + link)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    PinGateSettings settings() {
        return settings;
    }

    @Override
    public void close() {
        server.close();
    }
}
