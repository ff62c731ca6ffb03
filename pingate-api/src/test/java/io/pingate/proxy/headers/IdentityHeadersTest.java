package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.Lines;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeadersTest {
    private static final IdentityHeaders NONE = IdentityHeaders.none();

    @Test
    void fields_alone_tell_anything() {
        assertFalse(IdentityHeaders.none().tellAnything());
        assertFalse(IdentityHeaders.none().reserving("X-Team").tellAnything());
        assertTrue(IdentityHeaders.none().with("X-Team", "home").tellAnything());
    }

    @Test
    void keeps_names_as_written_and_in_order_when_added() {
        IdentityHeaders headers =
                NONE.with("X-WEBAUTH-USER", "me").with("x-role", "").with("Authorization", "Basic eA==");

        assertEquals(
                List.of("X-WEBAUTH-USER: me", "x-role: ", "Authorization: Basic eA=="), Lines.of(headers.fields()));
        assertEquals(List.of(), Lines.of(NONE.fields()));
    }

    @Test
    void reserves_its_names_and_what_looks_like_them() {
        IdentityHeaders headers = NONE.with("X-Role", "admin").reserving("X-Groups");
        for (String name : List.of("X-Trusted-User-Email", "x_trusted.user_NAME", "x-role", "X_ROLE", "x_groups")) {
            assertTrue(headers.reserves(name), name);
        }
        for (String name : List.of("X-Trusted-User", "X-Trusted-User-Email2", "Role", "", "Cookie")) {
            assertFalse(headers.reserves(name), name);
        }
        assertFalse(NONE.reserves("X-Role"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Connection           | concerns one connection only",
                "keep-alive           | concerns one connection only",
                "Keep_Alive           | concerns one connection only",
                "Proxy-Authorization  | concerns one connection only",
                "TE                   | concerns one connection only",
                "Trailer              | concerns one connection only",
                "Transfer-Encoding    | concerns one connection only",
                "Upgrade              | concerns one connection only",
                "Content-Length       | belongs to the client's message",
                "content-type         | belongs to the client's message",
                "Content-Encoding     | belongs to the client's message",
                "Expect               | belongs to the client's message",
                "Host                 | is set by the gate",
                "X-Forwarded-For      | is set by the gate",
                "x_forwarded_user     | is set by the gate",
                "Forwarded            | is set by the gate",
                "X-Real-IP            | says who the client is",
                "Cookie               | holds the client's cookies",
                "Sec-WebSocket-Key    | belongs to the WebSocket handshake",
                "''                   | must be letters",
                "X User               | must be letters",
                "X:User               | must be letters",
                "X-Usér               | must be letters",
                "(X)                  | must be letters",
                "*                    | must be letters",
                "X-*                  | must be letters",
            })
    void names_the_reason_when_a_name_is_refused(String name, String reason) {
        assertTrue(refusal(name, "v").contains(reason), refusal(name, "v"));
        assertThrows(IllegalArgumentException.class, () -> NONE.reserving(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX: y", "secret\n", "a\tsecret", "secret\u0000", "secret\u007f", "secret\u0085"})
    void keeps_the_value_to_itself_when_it_has_a_control_character(String value) {
        assertEquals("value: must have no control character or line break", refusal("X-User", value));
    }

    @Test
    void refuses_when_a_value_is_no_text() {
        assertEquals("value: must be text that UTF-8 can express", refusal("X-User", "secret\ud800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-User", "x-user", "X_USER"})
    void refuses_when_a_name_is_given_twice(String again) {
        IdentityHeaders once = NONE.with("X-User", "me");

        String message = assertThrows(IllegalArgumentException.class, () -> once.with(again, "you"))
                .getMessage();
        assertTrue(message.contains("must be given once"), message);
    }

    @Test
    void takes_a_value_when_its_name_was_only_reserved() {
        IdentityHeaders headers = NONE.reserving("X-User").with("X-User", "me").with(IdentityHeaders.EMAIL, "e");

        assertEquals(List.of("X-User: me", "X-Trusted-User-Email: e"), Lines.of(headers.fields()));
    }

    /** But for the asterisk, which stands for any ending where names are dropped. */
    @Test
    void takes_a_name_when_it_is_any_token() {
        String name = "!#$%&'+-.^_`|~azAZ09";

        assertEquals(List.of(name + ": v"), Lines.of(NONE.with(name, "v").fields()));
    }

    @Test
    void keeps_values_to_itself_when_printed() {
        String text = NONE.with("X-User", "secret").toString();

        assertTrue(text.contains("X-User"));
        assertFalse(text.contains("secret"));
    }

    private static String refusal(String name, String value) {
        return assertThrows(IllegalArgumentException.class, () -> NONE.with(name, value))
                .getMessage();
    }
}
