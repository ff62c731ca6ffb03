package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.testing.WireHead;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: whom the program behind the gate sees signed in. The stage has the preset of Grafana. */
abstract class IdentityContract extends GateContract {
    private static final String[] FORGED = {
        "X-Trusted-User-Email: root@evil.test",
        "x_trusted_user_email: root@evil.test",
        "X-TRUSTED_USER-NAME: evil",
        "X-WEBAUTH-USER: evil",
        "x_webauth_user: evil",
        "X-WebAuth-Name: evil",
        "X-WEBAUTH-EMAIL: evil",
        "X_WEBAUTH-ROLE: evil Admin",
        "X-WebAuth-Groups: evil",
        "x-team: evil",
        "X_Team: evil",
        "Connection: X-WEBAUTH-USER, X-Trusted-User-Email, X-Team"
    };

    IdentityContract(Stage stage) {
        super(stage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS"})
    void program_sees_who_is_signed_in_when_requested_by(String method) throws Exception {
        assertTellsWho(passed(signedIn(method, "/api/v1/auths/signin", "Content-Length: 0")));
    }

    @Test
    void program_sees_nothing_else_when_client_names_somebody() throws Exception {
        assertTellsWho(passed(signedIn("GET", "/", FORGED)));
    }

    @Test
    void handshake_says_who_is_signed_in_when_client_names_somebody() throws Exception {
        String[] lines = new String[FORGED.length + 4];
        System.arraycopy(FORGED, 0, lines, 4, FORGED.length);
        lines[0] = "Upgrade: websocket";
        lines[1] = "Connection: Upgrade";
        lines[2] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        lines[3] = "Sec-WebSocket-Version: 13";
        assertTellsWho(passed(signedIn("GET", "/ws/socket.io/?transport=websocket", lines)));
    }

    @Test
    void program_sees_nobody_when_path_is_public() throws Exception {
        for (String request : new String[] {stranger("GET", "/hook/x", FORGED), signedIn("GET", "/hook/x", FORGED)}) {
            WireHead head = passed(request);
            assertEquals(Map.of(), identity(head));
            assertFalse(head.text().contains("evil"), head::text);
        }
    }

    /** PINGATE_PREFLIGHT: the program says itself which pages may ask it. */
    @Test
    void program_sees_nobody_when_a_preflight_comes() throws Exception {
        String[] preflight = new String[FORGED.length + 2];
        System.arraycopy(FORGED, 0, preflight, 2, FORGED.length);
        preflight[0] = "Origin: https://pages.gate.test";
        preflight[1] = "Access-Control-Request-Method: PUT";
        WireHead head = passed(stranger("OPTIONS", "/api/x", preflight));
        assertEquals(Map.of(), identity(head));
        assertEquals("https://pages.gate.test", only(head, "origin"));
        assertFalse(head.text().contains("evil"), head::text);
        assertEquals(401, ask(stranger("OPTIONS", "/api/x")).status());
    }

    /** The values are UTF-8, as both programs read them. */
    private static void assertTellsWho(WireHead head) {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("x-team", "Z\u00fcrich");
        expected.put("x-trusted-user-email", Stage.EMAIL);
        expected.put("x-webauth-user", Stage.EMAIL);
        expected.put("x-trusted-user-name", "Zo\u00eb \u0141.");
        expected.put("x-webauth-name", "Zo\u00eb \u0141.");
        assertEquals(expected, identity(head));
        assertFalse(head.text().contains("evil"), head::text);
    }

    private static Map<String, String> identity(WireHead head) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : head.names()) {
            if (name.replace('_', '-').matches("x-(webauth|trusted|team).*")) {
                byte[] value = only(head, name).getBytes(StandardCharsets.ISO_8859_1);
                fields.put(name, new String(value, StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
