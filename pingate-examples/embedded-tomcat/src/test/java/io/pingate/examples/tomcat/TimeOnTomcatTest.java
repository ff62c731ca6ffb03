package io.pingate.examples.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;

class TimeOnTomcatTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void time_is_told_to_whoever_has_the_pin() throws Exception {
        Tomcat tomcat = TimeOnTomcat.start(0);
        try {
            URI root = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
            HttpRequest time = HttpRequest.newBuilder(root).build();
            assertEquals(401, client.send(time, BodyHandlers.ofString()).statusCode());
            HttpResponse<String> signedIn = client.send(
                    HttpRequest.newBuilder(root.resolve("/pin"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("pin=73914625"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(303, signedIn.statusCode());
            String cookie =
                    signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            HttpRequest again =
                    HttpRequest.newBuilder(root).header("Cookie", cookie).build();
            HttpResponse<String> told = client.send(again, BodyHandlers.ofString());
            assertTrue(told.body().startsWith("It is "), told.body());
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
