package io.pingate.blackbox;

import static io.pingate.blackbox.RequestHeaderContract.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.testing.Exchange;
import io.pingate.testing.RawClient;
import io.pingate.testing.WireHead;
import io.pingate.testing.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: who may spend the LLM server's money, on what, and what the server is told. */
abstract class LlmContract extends GateContract {
    private static final String CHAT = "/api/llm/v1/chat/completions";
    private static final String OWN_PAGE = "Origin: http://gate.test";

    LlmContract(Stage stage) {
        super(stage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /api/llm/v1/models", "POST /api/llm/v1/chat/completions", "OPTIONS /api/llm/v1/models"})
    void answer_is_401_when_there_is_no_cookie(String line) throws Exception {
        String[] parts = line.split(" ", -1);
        WireResponse answer = ask(stranger(parts[0], parts[1], OWN_PAGE, "Content-Length: 0"));
        assertEquals(401, answer.status());
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.test",
                "Origin: null",
                "Origin:",
                "Origin: http://chat.test",
                "Origin: https://chat.test:444",
                "Origin: https://chat.test.evil.test",
                "Origin: https://evil.test/https://chat.test",
                "Origin: https://chat.test/",
                "Origin: https://chat.test, https://pages.test:8443",
                "Origin: https://chat.test\r\nOrigin: https://chat.test",
                "Origin: https://chat.test\r\nOrigin: https://evil.test",
                "Origin: https://evil.test\r\nSec-Fetch-Site: same-origin",
                "Origin: http://gate.test:81",
                "X-Origin: https://chat.test",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Site: cross-site"
            })
    void post_is_refused_when_it_says(String line) throws Exception {
        WireResponse answer = ask(signedIn("POST", CHAT, line, "Content-Length: 0"));
        assertEquals(403, answer.status());
        assertFalse(answer.head().has("Access-Control-Allow-Origin"), answer.head()::text);
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://chat.test",
                "Origin: https://pages.test:8443",
                "Origin: http://gate.test",
                "Sec-Fetch-Site: same-origin"
            })
    void post_passes_when_it_says(String line) throws Exception {
        assertEquals(200, ask(signedIn("POST", CHAT, line, "Content-Length: 0")).status());
        assertEquals("/v1/chat/completions", upstream.next().head().target());
    }

    @Test
    void get_passes_without_an_origin_and_is_refused_with_a_foreign_one() throws Exception {
        assertEquals(200, ask(signedIn("GET", "/api/llm/v1/models")).status());
        upstream.forget();
        assertEquals(
                403,
                ask(signedIn("GET", "/api/llm/v1/models", "Origin: https://evil.test"))
                        .status());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void preflight_is_answered_by_the_gate_when_origin_is_allowed() throws Exception {
        WireResponse answer = ask(stranger(
                "OPTIONS",
                CHAT,
                "Origin: https://chat.test",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type,x-stainless-os"));
        WireHead head = answer.head();
        assertEquals(204, answer.status());
        assertEquals("https://chat.test", only(head, "Access-Control-Allow-Origin"));
        assertEquals("true", only(head, "Access-Control-Allow-Credentials"));
        assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", only(head, "Access-Control-Allow-Methods"));
        assertEquals("content-type,x-stainless-os", only(head, "Access-Control-Allow-Headers"));
        assertEquals("Origin", only(head, "Vary"));
        assertTrue(upstream.heardNothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.test", "null", "http://gate.test", "https://chat.test\r\nOrigin: https://chat.test"
            })
    void preflight_permits_nothing_when_origin_is(String origin) throws Exception {
        WireResponse answer =
                ask(stranger("OPTIONS", CHAT, "Origin: " + origin, "Access-Control-Request-Method: POST"));
        assertEquals(204, answer.status());
        Set<String> names = new TreeSet<>(answer.head().names());
        names.remove("date");
        assertEquals(Set.of("vary"), names);
        assertTrue(upstream.heardNothing());
    }

    @Test
    void server_sees_the_key_and_nothing_of_the_clients_secrets() throws Exception {
        WireHead head = passed(signedIn(
                        "POST",
                        CHAT + "?a=%2Fb",
                        "Cookie: other=1",
                        OWN_PAGE,
                        "Authorization: Bearer evil",
                        "AUTHORIZATION: Basic evil",
                        "Proxy-Authorization: evil",
                        "Proxy_Authorization: evil",
                        "X-API-Key: evil",
                        "x_api_key: evil",
                        "api-key: evil",
                        "Api_Key: evil",
                        "x-goog-api-key: evil",
                        "X_Goog-Api_Key: evil",
                        "X-Trusted-User-Email: evil",
                        "Connection: Authorization, X-Kept-Out",
                        "X-Kept-Out: evil",
                        "OpenAI-Organization: org",
                        "Content-Type: application/json",
                        "Content-Length: 2")
                + "{}");
        assertEquals(
                List.of(
                        "Host: gate.test",
                        OWN_PAGE,
                        "OpenAI-Organization: org",
                        "Content-Type: application/json",
                        "X-Forwarded-For: 127.0.0.1",
                        "X-Forwarded-Proto: http",
                        "X-Forwarded-Host: gate.test",
                        "X-Forwarded-Port: 80",
                        "Authorization: Bearer " + Stage.LLM_KEY,
                        "Content-Length: 2"),
                head.lines());
        assertEquals("POST /v1/chat/completions?a=%2Fb HTTP/1.1", head.startLine());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions",
                "/chat/completions",
                "/v1/completions",
                "/completions?stream=1",
                "/v1/embeddings",
                "/embeddings",
                "/v1/models",
                "/models",
                "/v1/responses",
                "/v1/messages",
                "/v1/audio/speech",
                "/v1/images/generations",
                "/v1/rerank",
                "/rerank",
                "/v1/moderations",
                "/moderations"
            })
    void inference_passes_when_asked_for(String path) throws Exception {
        assertEquals(path, passed(signedIn("GET", "/api/llm" + path)).target());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/key/generate",
                "/v1/key/generate",
                "/user/new",
                "/config/update",
                "/health",
                "/v1/models/../../key/generate",
                "/v1/models/..%2f..%2fkey/generate",
                "/v1/models/%2e%2e/%2e%2e/key/generate",
                "/v1/models/%252e%252e/key/generate",
                "/v1/models/.;/key",
                "/v1/models/..;/..;/key/generate",
                "/v1/models/..\\..\\key",
                "/v1//models",
                "//v1/models",
                "/%76%31/models",
                "/V1/models",
                "/v1/modelsx",
                "/openai/v1/chat/completions"
            })
    void other_paths_are_refused_when_asked_for(String path) throws Exception {
        WireResponse answer = ask(signedIn("POST", "/api/llm" + path, OWN_PAGE, "Content-Length: 0"));
        assertEquals(403, answer.status(), answer::text);
        assertTrue(answer.text().contains("LITELLM_ALLOWED_PATHS"), answer::text);
        assertTrue(upstream.heardNothing());
    }

    /** What only looks like the route's is the tool's, and gets no key. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/llmx",
                "/api//llm/v1/models",
                "/api/%6clm/v1/models",
                "/API/LLM/v1/models",
                "/x/../api/llm/v1/models"
            })
    void tool_gets_no_key_when_target_only_resembles_the_route(String target) throws Exception {
        WireHead head = passed(signedIn("GET", target));
        assertEquals(target, head.target());
        assertFalse(head.has("Authorization"), head::text);
    }

    @Test
    void cors_fields_and_cookies_of_the_server_are_replaced_when_sent() throws Exception {
        upstream.answer(WireHead.of(
                "HTTP/1.1 200 OK",
                "Access-Control-Allow-Origin: *",
                "access-control-allow-credentials: false",
                "Access-Control-Expose-Headers: *",
                "Set-Cookie: token=1",
                "X-LiteLLM-Model-Id: 7",
                "Content-Length: 0"));
        WireHead head = ask(signedIn("GET", "/api/llm/v1/models", "Origin: https://chat.test"))
                .head();
        assertEquals(List.of("https://chat.test"), head.all("Access-Control-Allow-Origin"));
        assertEquals(List.of("true"), head.all("Access-Control-Allow-Credentials"));
        assertFalse(head.has("Access-Control-Expose-Headers"), head::text);
        assertFalse(head.all("Set-Cookie").contains("token=1"), head::text);
        assertEquals(List.of("Origin"), head.all("Vary"));
        assertEquals("7", only(head, "X-LiteLLM-Model-Id"));
    }

    @Test
    void page_can_read_the_refusal_when_its_origin_is_allowed() throws Exception {
        WireHead head = ask(signedIn("POST", "/api/llm/key/generate", "Origin: https://chat.test", "Content-Length: 0"))
                .head();
        assertEquals(403, head.status());
        assertEquals("https://chat.test", only(head, "Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void page_can_read_that_it_must_sign_in_when_its_origin_is_allowed(String method) throws Exception {
        WireHead head = ask(stranger(method, CHAT, "Origin: https://chat.test", "Content-Length: 0"))
                .head();
        assertEquals(401, head.status());
        assertEquals("https://chat.test", only(head, "Access-Control-Allow-Origin"));
        assertEquals("true", only(head, "Access-Control-Allow-Credentials"));
        assertEquals("Origin", only(head, "Vary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, "/", "/pin", "/pin/check"})
    void answer_is_for_no_other_page_when_there_is_no_cookie(String target) throws Exception {
        String origin = target.equals(CHAT) ? "Origin: https://evil.test" : "Origin: https://chat.test";
        WireHead head = ask(stranger("GET", target, origin)).head();
        assertFalse(head.has("Access-Control-Allow-Origin"), head::text);
    }

    @Test
    void redirect_can_be_followed_when_the_server_sends_one_to_itself() throws Exception {
        upstream.answer("HTTP/1.1 307 Moved\r\nLocation: http://gate.test/v1/models\r\nContent-Length: 0\r\n\r\n");
        WireResponse answer = ask(signedIn("GET", "/api/llm/v1/models/"));
        assertEquals("/api/llm/v1/models", only(answer.head(), "Location"));
    }

    @Test
    void key_is_redacted_when_the_server_echoes_its_request() throws Exception {
        upstream.play(exchange -> exchange.send(WireHead.of(
                "HTTP/1.1 200 OK",
                "X-Echo: <" + exchange.head().first("Authorization").orElse("") + ">",
                "WWW-Authenticate: Bearer realm=\"" + Stage.LLM_KEY + Stage.LLM_KEY + "\"",
                "Content-Length: 0")));
        WireHead head = ask(signedIn("GET", "/api/llm/v1/models")).head();
        assertEquals("<Bearer [redacted]>", only(head, "X-Echo"));
        assertFalse(head.text().contains(Stage.LLM_KEY), head::text);
    }

    @Test
    void key_is_dropped_when_the_server_puts_it_where_a_name_or_a_reason_belongs() throws Exception {
        upstream.answer(WireHead.of(
                "HTTP/1.1 200 " + Stage.LLM_KEY,
                "X-" + Stage.LLM_KEY.toUpperCase(Locale.ROOT) + ": 1",
                Stage.LLM_KEY + ": 1",
                "X-Stays: 1",
                "Content-Length: 0"));
        WireHead head = ask(signedIn("GET", "/api/llm/v1/models")).head();
        assertEquals(200, head.status());
        assertEquals("1", only(head, "X-Stays"));
        assertFalse(head.text().toLowerCase(Locale.ROOT).contains(Stage.LLM_KEY.toLowerCase(Locale.ROOT)), head::text);
    }

    /** The stage makes /api/llm/* public. */
    @Test
    void route_needs_the_cookie_and_works_with_it_when_a_public_path_takes_it_in() throws Exception {
        assertEquals(401, ask(stranger("GET", "/api/llm/v1/models")).status());
        assertTrue(upstream.heardNothing());
        WireHead head = passed(signedIn("GET", "/api/llm/v1/models"));
        assertEquals("Bearer " + Stage.LLM_KEY, only(head, "Authorization"));
    }

    /** The stage's cookie is an old one, and the gate renews it. */
    @Test
    void answer_is_kept_by_nobody_when_it_renews_the_cookie() throws Exception {
        for (String target : List.of("/page", "/api/llm/v1/models")) {
            upstream.answer("HTTP/1.1 200 OK\r\nCache-Control: public, max-age=60\r\nContent-Length: 0\r\n\r\n");
            WireHead head = ask(signedIn("GET", target)).head();
            assertEquals("max-age=60, no-store", only(head, "Cache-Control"));
            assertTrue(only(head, "Set-Cookie").startsWith("pingate="), head::text);
        }
    }

    /** So that the clients of its API show the reason. */
    @Test
    void errors_of_the_gate_have_the_shape_of_openais() throws Exception {
        assertIsOpenAiError(
                401, "authentication_error", "PIN", ask(stranger("POST", CHAT, OWN_PAGE, "Content-Length: 0")));
        assertIsOpenAiError(
                403,
                "permission_error",
                "LITELLM_ALLOWED_PATHS",
                ask(signedIn("POST", "/api/llm/key/generate", OWN_PAGE, "Content-Length: 0")));
        assertIsOpenAiError(
                403,
                "permission_error",
                "LITELLM_ALLOWED_ORIGIN",
                ask(signedIn("POST", CHAT, "Origin: https://evil.test", "Content-Length: 0")));
        assertIsOpenAiError(
                403,
                "permission_error",
                "LITELLM_ALLOWED_ORIGIN",
                ask(handshake("/api/llm/v1/realtime", "Origin: https://evil.test")));
        upstream.goDown();
        try {
            assertIsOpenAiError(502, "server_error", "", ask(chat()));
        } finally {
            upstream.comeBack();
        }
    }

    private static void assertIsOpenAiError(int status, String type, String reason, WireResponse answer) {
        assertEquals(status, answer.status(), answer::text);
        assertEquals("application/json", only(answer.head(), "Content-Type"));
        assertTrue(
                answer.text()
                        .matches("\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"" + type
                                + "\",\"code\":\"[a-z_]+\"}(,\"sign_in\":\"/pin\")?}"),
                answer::text);
        assertTrue(answer.text().contains(reason), answer::text);
    }

    /** No clock: the server writes the next piece only when the client has read the last one. */
    @Test
    void piece_arrives_before_the_next_is_written_when_streamed() throws Exception {
        try (RawClient client = stage.client()) {
            Exchange exchange = streaming(client);
            for (int i = 0; i < 20; i++) {
                String event = "data: {\"choices\":[{\"delta\":{\"content\":\"" + i + "\"}}]}\n\n";
                exchange.send(StreamContract.chunk(event));
                assertEquals(event, client.in().chunk());
            }
            exchange.send("0\r\n\r\n").done();
            assertEquals("", client.in().chunk());
        }
    }

    @Test
    void server_call_ends_when_client_leaves() throws Exception {
        RawClient client = stage.client();
        Exchange exchange = streaming(client);
        exchange.send(StreamContract.chunk("data: one\n\n"));
        assertEquals("data: one\n\n", client.in().chunk());
        client.leave();
        assertEnds(exchange);
    }

    @Test
    void server_call_ends_when_client_leaves_before_the_first_byte() throws Exception {
        upstream.byHand();
        RawClient client = stage.client();
        client.send(chat());
        Exchange exchange = upstream.next();
        assertEquals("{}", exchange.body().text());
        client.leave();
        assertEnds(exchange);
    }

    @Test
    void socket_opens_with_the_key_when_origin_is_allowed() throws Exception {
        upstream.byHand();
        try (RawClient client = stage.client()) {
            client.send(handshake(
                    "/api/llm/v1/realtime?model=x",
                    "Origin: https://chat.test",
                    "x-api-key: evil",
                    "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.evil, beta",
                    "Sec-WebSocket-Protocol: OpenAI-insecure-api-key.evil"));
            Exchange exchange = upstream.next();
            WireHead up = exchange.head();
            assertEquals("/v1/realtime?model=x", up.target());
            assertEquals("realtime, beta", only(up, "Sec-WebSocket-Protocol"));
            assertEquals("Bearer " + Stage.LLM_KEY, only(up, "Authorization"));
            assertFalse(up.has("Cookie") || up.text().contains("evil"), up::text);
            exchange.send(WireHead.of(
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "X-Echo: " + only(up, "Authorization")));
            WireHead down = client.in().head();
            assertEquals(101, down.status());
            assertEquals("Bearer [redacted]", only(down, "X-Echo"));
            client.send("up");
            assertEquals("up", exchange.in().exactly(2));
            exchange.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | /v1/realtime | Origin: https://evil.test",
                "403 | /v1/realtime | Origin: null",
                "403 | /key/generate | Origin: https://chat.test",
                "403 | /v1/models/../../key | Origin: https://chat.test"
            })
    void socket_is_refused_when(int status, String path, String line) throws Exception {
        assertEquals(status, ask(handshake("/api/llm" + path, line)).status());
        assertTrue(upstream.heardNothing());
    }

    @Test
    void socket_is_refused_when_there_is_no_cookie() throws Exception {
        String request = handshake("/api/llm/v1/realtime", "Origin: https://chat.test")
                .replace("Cookie: " + stage.cookie() + "\r\n", "");
        assertEquals(401, ask(request).status());
        assertTrue(upstream.heardNothing());
    }

    /** The stage logs at TRACE. */
    @Test
    void key_is_nowhere_when_things_go_well_and_wrong() throws Exception {
        List<WireResponse> answers = new ArrayList<>();
        answers.add(ask(chat()));
        answers.add(ask(signedIn("POST", "/api/llm/key/generate", OWN_PAGE, "Content-Length: 0")));
        for (String broken :
                List.of("HTTP/1.1 200 OK\r\nX: " + Stage.LLM_KEY + "\u0000\r\n\r\n", Stage.LLM_KEY + "\r\n\r\n", "")) {
            upstream.play(exchange -> exchange.send(broken).close());
            answers.add(ask(chat()));
        }
        upstream.goDown();
        try {
            answers.add(ask(chat()));
        } finally {
            upstream.comeBack();
        }
        assertEquals(
                List.of(200, 403, 502, 502, 502, 502),
                answers.stream().map(WireResponse::status).toList());
        for (WireResponse answer : answers) {
            assertFalse((answer.head().text() + answer.text()).contains(Stage.LLM_KEY), answer::text);
        }
        assertFalse(stage.gate().log().contains(Stage.LLM_KEY));
    }

    private void assertEnds(Exchange exchange) throws Exception {
        assertTrue(exchange.in().ended(), "the server went on for a client that had gone");
        exchange.close();
    }

    private Exchange streaming(RawClient client) throws Exception {
        upstream.byHand();
        client.send(chat());
        Exchange exchange = upstream.next();
        assertEquals("{}", exchange.body().text());
        exchange.send(WireHead.of(
                "HTTP/1.1 200 OK",
                "Content-Type: text/event-stream",
                "X-Accel-Buffering: no",
                "Transfer-Encoding: chunked"));
        assertEquals("no", only(client.in().head(), "X-Accel-Buffering"));
        return exchange;
    }

    private String chat() {
        return signedIn("POST", CHAT, OWN_PAGE, "Content-Type: application/json", "Content-Length: 2") + "{}";
    }

    private String handshake(String target, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13"));
        lines.addAll(List.of(more));
        return signedIn("GET", target, lines.toArray(String[]::new));
    }
}
