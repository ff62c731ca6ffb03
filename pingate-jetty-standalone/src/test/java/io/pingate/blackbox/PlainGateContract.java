package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pingate.testing.WireHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract section 4 once more, for a gate that has no identity to add and trusts nobody before it. */
abstract class PlainGateContract extends GateContract {
    PlainGateContract(Stage stage) {
        super(stage);
    }

    @Test
    void identity_is_stripped_when_none_is_configured() throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/",
                "X-Trusted-User-Email: root@evil.test",
                "x_trusted_user_name: root@evil.test",
                "Connection: X-Trusted-User-Email"));
        assertFalse(head.text().contains("evil"), head::text);
        assertFalse(head.has("X-Trusted-User-Email"), head::text);
    }

    @Test
    void forwarded_fields_are_replaced_when_peer_is_not_trusted() throws Exception {
        WireHead head = passed(signedIn(
                "GET",
                "/",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-For: 7.7.7.7",
                "x_forwarded_for: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.test",
                "X-Forwarded-Port: 666",
                "Forwarded: for=6.6.6.6"));
        assertEquals("127.0.0.1", only(head, "X-Forwarded-For"));
        assertEquals("http", only(head, "X-Forwarded-Proto"));
        assertEquals("gate.test", only(head, "X-Forwarded-Host"));
        assertEquals("80", only(head, "X-Forwarded-Port"));
        assertFalse(head.text().contains("6.6.6.6"), head::text);
    }

    @Test
    void cookie_is_not_secure_when_an_untrusted_peer_claims_https() throws Exception {
        String form = "pin=" + Stage.PIN;
        WireHead head = ask(stranger(
                                "POST",
                                "/pin/check",
                                "X-Forwarded-Proto: https",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: " + form.length())
                        + form)
                .head();
        String cookie = only(head, "Set-Cookie");
        assertFalse(cookie.contains("Secure"), cookie);
        assertEquals("other=", cookie.substring(0, 6));
    }

    @Test
    void another_gates_cookie_passes_when_names_differ() throws Exception {
        upstream.answer("HTTP/1.1 200 OK\r\nSet-Cookie: pingate=1\r\nSet-Cookie: other=2\r\nContent-Length: 0\r\n\r\n");
        WireHead answer = ask(signedIn("GET", "/", "Cookie: pingate=1.2")).head();
        assertEquals(List.of("pingate=1"), answer.all("Set-Cookie"));
        assertEquals("pingate=1.2", only(upstream.next().head(), "Cookie"));
    }
}
