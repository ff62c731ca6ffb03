package io.pingate.examples.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.servlet.settings.SettingsSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;

class OnJettyTest {
    private final HttpClient client = HttpClient.newHttpClient();

    /** The other program is the first example, which has a cookie of its own. */
    @Test
    void time_is_told_to_whoever_has_the_pins_of_both() throws Exception {
        Server time = TimeOnJetty.start(0);
        Map<String, String> settings = Map.of(
                "PINGATE_UPSTREAM", time.getURI().toString(),
                "PINGATE_COOKIE_NAME", "outer",
                "PINGATE_PIN", "4711",
                "PINGATE_SECRET", "another key of this test",
                "PINGATE_GATE_PATH", "/outer");
        Server gate = GateOnJetty.start(0, SettingsSource.environment(settings));
        try {
            assertEquals(401, get(time.getURI(), "").statusCode());
            String inner = signIn(time.getURI().resolve("/pin"), "73914625");
            assertTrue(get(time.getURI(), inner).body().startsWith("It is "));

            assertEquals(401, get(gate.getURI(), inner).statusCode());
            String outer = signIn(gate.getURI().resolve("/outer"), "4711");
            assertEquals(401, get(gate.getURI(), outer).statusCode());
            assertTrue(get(gate.getURI(), inner + "; " + outer).body().startsWith("It is "));
        } finally {
            LifeCycle.stop(gate);
            LifeCycle.stop(time);
        }
    }

    private HttpResponse<String> get(URI uri, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return client.send(
                (cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(), BodyHandlers.ofString());
    }

    private String signIn(URI form, String pin) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("pin=" + pin))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }
}
