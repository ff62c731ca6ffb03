package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.testing.RawClient;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.util.stream.Stream;

/** Somebody who asks one thing after the other, each on a connection of its own. */
record Visitor(Stage stage) {
    /** The cookie that the right PIN gives. */
    String signIn(String... lines) throws IOException {
        WireResponse answer = tryPin(Stage.PIN, lines);
        assertEquals(303, answer.status());
        return cookie(answer);
    }

    static String cookie(WireResponse answer) {
        return answer.head().first("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    WireResponse tryPin(String pin, String... lines) throws IOException {
        String form = "pin=" + pin;
        Stream<String> all = Stream.concat(
                Stream.of(lines),
                Stream.of("Content-Type: application/x-www-form-urlencoded", "Content-Length: " + form.length()));
        return ask(GateContract.stranger("POST", "/pin", all.toArray(String[]::new)) + form);
    }

    /** What a page's request is answered with. */
    int status(String cookie) throws IOException {
        return ask(GateContract.stranger("GET", "/api", "Cookie: " + cookie)).status();
    }

    private WireResponse ask(String request) throws IOException {
        try (RawClient client = stage.client()) {
            return client.send(request).response();
        }
    }
}
