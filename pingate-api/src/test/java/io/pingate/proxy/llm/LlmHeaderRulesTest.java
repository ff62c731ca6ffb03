package io.pingate.proxy.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.proxy.Lines;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmHeaderRulesTest {
    private static final String KEY = "sk-master-1234";
    private final HeaderRules rules =
            LlmRoute.headers("pingate", IdentityHeaders.none().with(IdentityHeaders.EMAIL, "me@example.org"), KEY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization",
                "AUTHORIZATION",
                "Proxy-Authorization",
                "proxy_authorization",
                "X-API-Key",
                "x-api-key",
                "x_api_key",
                "X_API-KEY",
                "api-key",
                "API_KEY",
                "Api-Key",
                "x-goog-api-key",
                "X_Goog_Api_Key",
                "x-litellm-api-key",
                "Ocp-Apim-Subscription-Key",
                "Cookie",
                "COOKIE",
                "X-Trusted-User-Email",
                "x_trusted_user_name"
            })
    void replaces_the_clients_credentials_when_spelt_in_any_way(String name) {
        assertEquals(
                List.of("Accept: */*", "Authorization: Bearer sk-master-1234"),
                Lines.sentUp(rules, true, name, "Bearer mine", "Accept", "*/*", name, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "realtime, openai-insecure-api-key.mine, beta | realtime, beta",
                "OpenAI-Insecure-API-Key.mine,realtime | realtime",
                "realtime | realtime",
                "realtime.openai-insecure-api-key.x | realtime.openai-insecure-api-key.x",
                "openai-insecure-api-key.mine |"
            })
    void drops_the_clients_key_when_it_stands_among_the_subprotocols(String offered, String passed) {
        assertEquals(
                Stream.of(
                                Optional.ofNullable(passed).map("Sec-WebSocket-Protocol: "::concat),
                                Optional.of("Authorization: Bearer sk-master-1234"))
                        .flatMap(Optional::stream)
                        .toList(),
                Lines.sentUp(rules, true, "Sec-WebSocket-Protocol", offered));
    }

    @Test
    void sends_the_key_all_the_same_when_connection_names_its_field() {
        assertEquals(
                List.of("Authorization: Bearer sk-master-1234"),
                Lines.sentUp(rules, true, "Connection", "Authorization", "Authorization", "x"));
    }

    @Test
    void sends_no_key_when_nobody_signed_in() {
        assertEquals(List.of("Accept: */*"), Lines.sentUp(rules, false, "Accept", "*/*", "Authorization", "Bearer x"));
    }

    @Test
    void drops_the_servers_cors_fields_and_cookies_when_it_answers() {
        assertEquals(
                List.of("Content-Type: text/event-stream", "Vary: Accept"),
                Lines.sentDown(
                        rules,
                        "Content-Type",
                        "text/event-stream",
                        "Access-Control-Allow-Origin",
                        "*",
                        "access-control-allow-credentials",
                        "true",
                        "Access-Control-Expose-Headers",
                        "x",
                        "Set-Cookie",
                        "token=jwt",
                        "Connection",
                        "keep-alive",
                        "Vary",
                        "Accept"));
    }

    @Test
    void redacts_the_key_when_the_server_echoes_it() {
        assertEquals(
                List.of("X-Echo: Bearer [redacted], [redacted]", "Location: /?key=[redacted]&a", "X-Other: sk-master"),
                Lines.sentDown(
                        rules,
                        "X-Echo",
                        "Bearer sk-master-1234, sk-master-1234",
                        "Location",
                        "/?key=sk-master-1234&a",
                        "X-Other",
                        "sk-master"));
    }

    @Test
    void drops_a_field_when_the_key_is_in_its_name() {
        assertEquals(
                List.of("sk-master-123: 1"),
                Lines.sentDown(rules, "sk-master-1234", "1", "X-SK-Master-1234-y", "1", "sk-master-123", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sk 1234", "sk-1234\n", "sk-\u00e9", "\tsk", "sk\u007f"})
    void refuses_without_showing_it_when_the_key_cannot_be_sent(String key) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> LlmRoute.headers("pingate", IdentityHeaders.none(), key))
                .getMessage();

        assertEquals("key: must be visible ASCII characters without spaces", message);
    }

    @Test
    void keeps_the_key_to_itself_when_printed() {
        assertFalse(rules.toString().contains(KEY));
    }
}
