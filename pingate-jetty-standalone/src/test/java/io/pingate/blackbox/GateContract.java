package io.pingate.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.testing.RawClient;
import io.pingate.testing.RawUpstream;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What every contract needs: a stage to play on, and the few requests that most of them begin with. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
abstract class GateContract {
    final Stage stage;
    final RawUpstream upstream;

    GateContract(Stage stage) {
        this.stage = stage;
        this.upstream = stage.upstream();
    }

    @BeforeEach
    void forgetWhatWasHeard() {
        upstream.forget();
    }

    /** A request head as a browser without a cookie sends it. */
    static String stranger(String method, String target, String... lines) {
        return method + " " + target + " HTTP/1.1\r\nHost: gate.test\r\n" + lines(lines) + "\r\n";
    }

    /** The same with a cookie that opens the gate. */
    String signedIn(String method, String target, String... lines) {
        return stranger(
                method,
                target,
                "Cookie: " + stage.cookie() + (lines.length == 0 ? "" : "\r\n") + String.join("\r\n", lines));
    }

    /** One request on a connection of its own, and its answer. */
    WireResponse ask(String request) throws IOException {
        try (RawClient client = stage.client()) {
            return client.send(request).response();
        }
    }

    /** The request as it reached the upstream. */
    WireHead passed(String request) throws Exception {
        ask(request);
        return upstream.next().head();
    }

    /** Whatever happened before, the next request is answered. */
    void assertGoesOn() throws IOException {
        upstream.forget();
        assertEquals(200, ask(signedIn("GET", "/after")).status());
    }

    private static String lines(String... lines) {
        return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    }
}
