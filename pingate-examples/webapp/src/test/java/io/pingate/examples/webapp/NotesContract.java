package io.pingate.examples.webapp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged WAR in a container that knows nothing of pingate. */
abstract class NotesContract {
    /** Context parameters. */
    static final Map<String, String> SETTINGS = Map.of(
            "pingate.pin", "4711",
            "pingate.trusted.email", "ada@owner.test",
            "pingate.state.dir", System.getProperty("notes.folder"));

    private final HttpClient client = HttpClient.newHttpClient();

    abstract int port();

    abstract ServletContext context();

    @Test
    void page_opens_when_the_pin_was_typed() throws Exception {
        HttpResponse<String> stranger = get("", "");
        assertEquals(303, stranger.statusCode());
        assertEquals("/mine/pin?next=/mine/", location(stranger));
        assertTrue(get("pin?next=/mine/", "").body().contains("name=\"next\" value=\"/mine/\""));

        HttpResponse<String> unlocked = post("pin?next=/mine/", "pin=4711", "");
        assertEquals("/mine/", location(unlocked));
        assertTrue(get("", cookie(unlocked)).body().contains("<h1>Notes</h1>"));
    }

    @Test
    void sign_in_lasts_as_long_as_web_xml_says() throws Exception {
        String setCookie = setCookie(post("pin/check", "pin=4711", ""));
        assertTrue(setCookie.contains("Max-Age=" + Duration.ofDays(7).toSeconds()), setCookie);
    }

    @Test
    void application_gets_its_form_when_signed_in() throws Exception {
        String cookie = cookie(post("pin/check", "pin=4711", ""));
        HttpResponse<String> noted = post("notes", "text=gr%C3%BC%C3%9Fe", cookie);
        // Tomcat leaves it relative.
        assertEquals("/mine/notes", noted.uri().resolve(location(noted)).getPath());
        assertEquals("ada@owner.test: grüße\n", get("notes", cookie).body());
        assertEquals(400, post("notes", "text=", cookie).statusCode());
    }

    @Test
    void nothing_reaches_the_application_when_not_signed_in() throws Exception {
        assertEquals(401, post("notes", "text=intruder", "").statusCode());
        assertEquals(401, post("notes", "text=intruder&pin=4711", "pingate=1.0").statusCode());
        assertEquals(303, get("index.html", "").statusCode());
        assertEquals(303, get("nothing/of/the/kind", "").statusCode());
        assertEquals("", get("notes", cookie(post("pin/check", "pin=4711", ""))).body());
    }

    /** As CVE-2016-6802 got past a filter: the context path, spelled in another way. Every answer is the gate's, or none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//mine/notes",
                "/mine//notes",
                "/./mine/notes",
                "/x/../mine/notes",
                "/mine/x/../notes",
                "/mine;x/notes",
                "/mine/;x/notes",
                "/mine/notes;x",
                "/%6dine/notes",
                "/mine/%6eotes",
                "/mine/x/%2e%2e/notes",
                "/mine/pin/../notes",
                "/mine/pin;/../notes",
                "/mine/pin/health/../../notes",
                "/mine/pin/health;/../../notes"
            })
    void application_is_not_reached_when_its_path_is_spelled_otherwise(String target) throws Exception {
        String answer = RawClient.exchange(
                port(), WireHead.of("GET " + target + " HTTP/1.1", "Host: gate.test", "Connection: close"));
        assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), answer);
        assertFalse(answer.contains("text/plain;charset=UTF-8"), answer);
    }

    @Test
    void page_is_closed_when_signed_out() throws Exception {
        HttpResponse<String> goodbye = post("pin/logout", "", cookie(post("pin/check", "pin=4711", "")));
        assertEquals("/mine/pin?signed-out", location(goodbye));
        assertTrue(setCookie(goodbye).contains("Max-Age=0"), setCookie(goodbye));
    }

    @Test
    void filter_is_all_that_the_gate_registers() {
        List<String> ours = Stream.concat(
                        context().getFilterRegistrations().values().stream(),
                        context().getServletRegistrations().values().stream())
                .map(registration -> String.valueOf(registration.getClassName()))
                .filter(name -> name.startsWith("io.pingate."))
                .sorted()
                .toList();
        assertEquals(List.of("io.pingate.examples.webapp.NotesServlet", "io.pingate.servlet.PinGateFilter"), ours);
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return send(request(path, cookie).GET());
    }

    private HttpResponse<String> post(String path, String form, String cookie)
            throws IOException, InterruptedException {
        return send(request(path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path, String cookie) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/mine/" + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "text/html")
                .header("Cookie", cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("none");
    }

    private static String setCookie(HttpResponse<String> response) {
        return response.headers().firstValue("Set-Cookie").orElse("none");
    }

    private static String cookie(HttpResponse<String> response) {
        return setCookie(response).replaceFirst(";.*", "");
    }
}
