package io.pingate.proxy.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.Lines;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteVerdict;
import io.pingate.proxy.RouteVerdict.Pass;
import io.pingate.proxy.RouteVerdict.Refuse;
import io.pingate.proxy.SignedIn;
import io.pingate.proxy.Upstream;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmRouteTest {
    private static final HeaderFields FROM_PAGE = HeaderFields.of("Origin", "https://chat.example");
    private static final HeaderFields PREFLIGHT =
            HeaderFields.of("Origin", "https://chat.example", "Access-Control-Request-Method", "POST");

    private final Route llm = llm("http://127.0.0.1:8008", "inference");

    @Test
    void passes_with_cors_fields_when_an_allowed_page_asks_for_a_model() {
        RouteVerdict verdict = judge("POST", "/api/llm/v1/chat/completions", SignedIn.BY_COOKIE, FROM_PAGE);

        assertInstanceOf(Pass.class, verdict);
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(verdict.headers()).get(0));
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/llm/v1/models", "POST, /api/llm/chat/completions", "GET, /api/llm/v1/realtime?model=m"})
    void asks_for_a_sign_in_when_a_path_is_public(String method, String target) {
        Refuse refused = assertInstanceOf(Refuse.class, judge(method, target, SignedIn.NO, FROM_PAGE));

        assertEquals(401, refused.status());
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(refused.headers()).get(0));
    }

    @Test
    void refuses_with_the_settings_name_when_the_origin_is_not_listed() {
        Refuse refused = assertInstanceOf(
                Refuse.class,
                judge(
                        "POST",
                        "/api/llm/v1/models",
                        SignedIn.BY_COOKIE,
                        HeaderFields.of("Origin", "https://evil.example")));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("ORIGINS"));
        assertEquals(List.of("Vary: Origin"), Lines.of(refused.headers()));
    }

    @Test
    void refuses_a_handshake_to_the_llm_server_when_a_foreign_page_opens_it() {
        HeaderFields foreign = HeaderFields.of("Upgrade", "websocket", "Origin", "https://evil.example");

        assertInstanceOf(Refuse.class, judge("GET", "/api/llm/v1/realtime", SignedIn.BY_COOKIE, foreign));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/llm", "/api/llm/key/generate", "/api/llm/v1/models/../../key/generate", "/api/llm/%6bey"})
    void refuses_with_the_settings_name_when_the_path_is_not_allowed(String target) {
        Refuse refused = assertInstanceOf(Refuse.class, judge("POST", target, SignedIn.BY_COOKIE, FROM_PAGE));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("PATHS"));
        assertEquals(3, Lines.of(refused.headers()).size());
    }

    @Test
    void passes_the_administration_when_everything_is_allowed() {
        RouteVerdict verdict = llm("http://h:1", "*")
                .judge("POST", RequestTarget.of("/api/llm/key/generate"), Lines.LOCAL, SignedIn.BY_COOKIE, FROM_PAGE);

        assertInstanceOf(Pass.class, verdict);
    }

    @Test
    void answers_a_preflight_when_it_is_asked_before_the_gate() {
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(llm.unaskedAnswer("OPTIONS", PREFLIGHT).orElseThrow()).get(0));
    }

    @Test
    void judges_a_preflight_as_any_request_when_nobody_answered_it() {
        assertInstanceOf(Refuse.class, judge("OPTIONS", "/api/llm/v1/models", SignedIn.NO, PREFLIGHT));
        assertInstanceOf(Refuse.class, judge("OPTIONS", "/api/llm/key/generate", SignedIn.BY_COOKIE, PREFLIGHT));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, bad_request",
        "401, authentication_error, sign_in_required",
        "403, permission_error, forbidden",
        "431, invalid_request_error, bad_request",
        "500, server_error, internal_error",
        "502, server_error, bad_gateway",
        "504, server_error, gateway_timeout"
    })
    void errors_have_the_shape_of_openais(int status, String type, String code) {
        assertEquals(
                Map.of("error", Map.of("message", "So it is.", "type", type, "code", code)),
                llm.errors().error(status, "So it is."));
    }

    @Test
    void says_where_to_sign_in_in_the_shape_of_openais() {
        assertEquals(
                Map.of(
                        "message", "Sign-in required: open /pin in a browser and type the PIN.",
                        "type", "authentication_error",
                        "code", "sign_in_required"),
                llm.errors().signInRequired("/pin"));
    }

    private RouteVerdict judge(String method, String target, SignedIn signedIn, HeaderFields headers) {
        return llm.judge(method, RequestTarget.of(target), Lines.LOCAL, signedIn, headers);
    }

    private static Route llm(String server, String paths) {
        return LlmRoute.of(
                "/api/llm",
                Upstream.withBasePath(server),
                LlmRoute.headers("pingate", IdentityHeaders.none(), "sk-master-1234"),
                new LlmRules(AllowedOrigins.of("https://chat.example"), AllowedPaths.of(paths), "ORIGINS", "PATHS"));
    }
}
