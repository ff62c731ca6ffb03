package io.pingate.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application on a port of its own, and a client before it. */
final class Application implements AutoCloseable {
    static final String PIN = "73914625";

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** With further settings, each as on a command line. */
    static Application start(Class<?> configuration, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.addAll(List.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"));
        return new Application(new SpringApplicationBuilder(configuration).run(arguments.toArray(String[]::new)));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + target);
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(uri(target)).timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(target);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Signs in with the PIN, and returns the cookie. */
    String signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("/pin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("pin=" + PIN)));
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Override
    public void close() {
        context.close();
    }
}
