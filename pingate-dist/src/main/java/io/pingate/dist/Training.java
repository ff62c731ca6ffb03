package io.pingate.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the gate once, as a visitor meets it, and has Java keep the classes that this took: form, sign-in, pages with a theme,
 * refusals. The archive belongs to this Java and this jar, and is the one part of a release that differs each time.
 */
final class Training {
    private static final int ROUNDS = 30;
    private static final long LONGEST_MINUTES = 2;
    private static final String MAIN = "io.pingate.standalone.Main";
    private static final String JAR = "lib/pingate.jar";

    private Training() {}

    static void run(Path home, Jdk jdk) throws IOException, InterruptedException {
        if (jdk.hasCache()) {
            visit(home, "-XX:AOTCacheOutput=lib/pingate.aot");
            Files.deleteIfExists(home.resolve("lib/pingate.aot.config"));
        } else {
            Path list = Files.createTempFile("classes", ".txt");
            visit(home, "-XX:DumpLoadedClassList=" + list);
            finish(java(
                    home,
                    List.of(
                            "-Xshare:dump",
                            "-XX:SharedClassListFile=" + list,
                            "-XX:SharedArchiveFile=lib/pingate.jsa",
                            "-cp",
                            JAR)));
            Files.delete(list);
        }
    }

    private static void visit(Path home, String option) throws IOException, InterruptedException {
        Process gate = java(home, List.of(option, "-cp", JAR, MAIN, "--demo", "--port", "0"));
        try (BufferedReader said = gate.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.startsWith("  open ")) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IOException("the gate to be trained doesn't start");
            }
            visit(URI.create(line.substring("  open ".length()).strip()));
            gate.toHandle().destroy();
            while (said.readLine() != null) {
                // What it says in ending isn't news.
            }
        }
        finish(gate);
    }

    private static void visit(URI gate) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        send(client, request(gate, "pin"));
        String cookie = client.send(
                        request(gate, "pin/check")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("pin=0000"))
                                .build(),
                        BodyHandlers.discarding())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
        for (int i = 0; i < ROUNDS; i++) {
            send(client, request(gate, ""));
            send(client, request(gate, "api").setHeader("Accept", "application/json"));
            send(client, request(gate, "").header("Cookie", cookie));
            send(client, request(gate, "demo.css").header("Cookie", cookie));
            send(
                    client,
                    request(gate, "upload").header("Cookie", cookie).POST(BodyPublishers.ofString("a".repeat(9_999))));
        }
        send(client, request(gate, "pin/health"));
    }

    private static HttpRequest.Builder request(URI gate, String path) {
        return HttpRequest.newBuilder(gate.resolve(path)).header("Accept", "text/html");
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        client.send(request.build(), BodyHandlers.discarding());
    }

    private static Process java(Path home, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("runtime/bin/java").toString(), "@lib/jvm.options"));
        command.addAll(arguments);
        Path folder = Files.createTempDirectory("training");
        Path theme = Files.writeString(folder.resolve("theme.css"), "body { color: black }");
        ProcessBuilder builder = Jdk.builder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PINGATE_") || name.startsWith("LITELLM_"));
        builder.environment()
                .putAll(Map.of("PINGATE_STATE_DIR", folder.toString(), "PINGATE_THEME_CSS_PATH", theme.toString()));
        return builder.start();
    }

    private static void finish(Process process) throws IOException, InterruptedException {
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (said.readLine() != null) {
                // Java lists the classes that it left out.
            }
        } catch (IOException closed) {
            // Read to its end before.
        }
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the training doesn't end");
        }
    }
}
