package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.HeaderFields;
import io.pingate.RequestTarget;
import io.pingate.proxy.RouteVerdict.Pass;
import io.pingate.proxy.RouteVerdict.Refuse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final HeaderFields NONE = HeaderFields.of();
    private static final HeaderFields FROM_PAGE = HeaderFields.of("Origin", "https://chat.example");
    private static final HeaderFields PREFLIGHT =
            HeaderFields.of("Origin", "https://chat.example", "Access-Control-Request-Method", "POST");

    private final HeaderRules toolRules = HeaderRules.forTool("pingate", IdentityHeaders.none());
    private final Upstream toolServer = Upstream.parse("http://127.0.0.1:3050");
    private final Route tool = Route.toTool(toolServer, toolRules, OriginRules.forHandshakes(""));
    private final Route llm = llm("http://127.0.0.1:8008", "inference");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/llm", "//", "/a?b", "/%2e%2e"})
    void takes_every_target_when_it_leads_to_the_tool(String target) {
        assertTrue(tool.matches(RequestTarget.parse(target)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/../b", "/a%2Fb//c;d=e?", "/a?", "/a|b?{\"c\"}", "/%ff\u00ff", "/api/llm/v1"})
    void passes_the_target_byte_for_byte_when_it_leads_to_the_tool(String target) {
        assertEquals(target, tool.upstreamTarget(RequestTarget.parse(target)));
        assertInstanceOf(Pass.class, tool.judge("POST", RequestTarget.parse(target), Lines.LOCAL, false, NONE));
    }

    @Test
    void knows_where_it_leads_when_asked() {
        assertSame(toolServer, tool.upstream());
        assertSame(toolRules, tool.headers());
    }

    @Test
    void refuses_a_handshake_when_a_foreign_page_opens_it() {
        HeaderFields foreign = HeaderFields.of("Upgrade", "websocket", "Origin", "https://evil.example");
        Refuse refused = assertInstanceOf(
                Refuse.class, tool.judge("GET", RequestTarget.parse("/ws"), Lines.LOCAL, true, foreign));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("WebSocket"));
        assertEquals(List.of(), Lines.of(refused.headers()));
    }

    @Test
    void passes_a_preflight_on_when_it_leads_to_the_tool() {
        assertInstanceOf(Pass.class, tool.judge("OPTIONS", RequestTarget.parse("/"), Lines.LOCAL, true, PREFLIGHT));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models, /api/llm/v1/models",
        "/v1/models?a=/b#c, /api/llm/v1/models?a=/b#c",
        "/, /api/llm/",
        "/?x, /api/llm/?x",
        "http://gate.example/v1/models, /api/llm/v1/models",
        "https://GATE.example:8443/v1/models, /api/llm/v1/models",
        "http://127.0.0.1:8008/v1, /api/llm/v1",
        "http://127.0.0.1:8008, /api/llm/",
        "/api/llm/v1, /api/llm/v1",
        "/api/llm, /api/llm",
        "/api/llm?x, /api/llm?x",
        "https://gate.example/api/llm/v1, /api/llm/v1",
        "/api/llmx, /api/llm/api/llmx",
        "models, models",
        "?page=2, ?page=2",
        "//gate.example/v1, //gate.example/v1",
        "https://login.example/v1, https://login.example/v1",
        "https://gate.example.evil.example/, https://gate.example.evil.example/",
        "http://127.0.0.1:8009/v1, http://127.0.0.1:8009/v1",
        "mailto:a@b, mailto:a@b",
        "://gate.example/v1, ://gate.example/v1",
    })
    void redirect_stays_below_the_prefix_when_it_leads_to(String location, String mapped) {
        assertEquals(List.of("Location: " + mapped, "X: /v1"), answered(llm, location));
        assertEquals(List.of("Location: " + location, "X: /v1"), answered(tool, location));
    }

    @ParameterizedTest
    @CsvSource({
        "/llm/v1/models, /api/llm/v1/models",
        "/llm, /api/llm",
        "/other, /other",
        "/llms, /llms",
        "http://127.0.0.1:8008/other, http://127.0.0.1:8008/other"
    })
    void redirect_loses_the_base_path_when_upstream_has_one(String location, String mapped) {
        assertEquals(
                List.of("Location: " + mapped, "X: /v1"), answered(llm("http://127.0.0.1:8008/llm", "*"), location));
    }

    @Test
    void redirect_is_mapped_when_the_server_names_itself_in_another_case() {
        assertEquals(
                List.of("Location: /api/llm/v1", "X: /v1"),
                answered(llm("http://LiteLLM:4000", "*"), "http://litellm:4000/v1"));
    }

    private static List<String> answered(Route route, String location) {
        Forwarding forwarding =
                new Forwarding(Lines.LOCAL.client(), "https", "gate.example", 8443, Lines.LOCAL.forwardedFor());
        List<String> lines = new ArrayList<>();
        route.answer(
                forwarding,
                HeaderFields.of("Location", location, "X", "/v1"),
                CacheScope.AS_SAID,
                (name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/llm", "/api/llm/", "/api/llm?x", "/api/llm/v1/models", "/api/llm//", "/api/llm/../x"})
    void takes_a_target_when_it_lies_below_the_prefix(String target) {
        assertTrue(llm.matches(RequestTarget.parse(target)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/llmx",
                "/api/llm;x",
                "/api/llm%2Fv1",
                "/API/llm/v1",
                "//api/llm/v1",
                "/api//llm",
                "/x/../api/llm/v1",
                "/api/%6clm/v1",
                "/?/api/llm",
                "/api/llm.",
                "/api/llm\\v1"
            })
    void leaves_a_target_to_the_tool_when_it_only_resembles_the_prefix(String target) {
        assertFalse(llm.matches(RequestTarget.parse(target)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1,      /api/llm,               /",
        "http://h:1,      /api/llm/,              /",
        "http://h:1,      /api/llm?a=b,           /?a=b",
        "http://h:1,      /api/llm?,              /?",
        "http://h:1,      /api/llm/v1/models?x=%zz, /v1/models?x=%zz",
        "http://h:1,      /api/llm//a%2Fb;c?,     //a%2Fb;c?",
        "http://h:1/base, /api/llm/v1/models,     /base/v1/models",
        "http://h:1/base, /api/llm,               /base/",
    })
    void cuts_the_prefix_off_when_it_leads_to_the_llm_server(String server, String target, String upstreamTarget) {
        assertEquals(upstreamTarget, llm(server, "*").upstreamTarget(RequestTarget.parse(target)));
    }

    @Test
    void passes_with_cors_fields_when_an_allowed_page_asks_for_a_model() {
        RouteVerdict verdict = judge("POST", "/api/llm/v1/chat/completions", true, FROM_PAGE);

        assertInstanceOf(Pass.class, verdict);
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(verdict.headers()).get(0));
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/llm/v1/models", "POST, /api/llm/chat/completions", "GET, /api/llm/v1/realtime?model=m"})
    void asks_for_a_sign_in_when_a_path_is_public(String method, String target) {
        Refuse refused = assertInstanceOf(Refuse.class, judge(method, target, false, FROM_PAGE));

        assertEquals(401, refused.status());
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(refused.headers()).get(0));
    }

    @Test
    void refuses_with_the_settings_name_when_the_origin_is_not_listed() {
        Refuse refused = assertInstanceOf(
                Refuse.class,
                judge("POST", "/api/llm/v1/models", true, HeaderFields.of("Origin", "https://evil.example")));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("LITELLM_ALLOWED_ORIGIN"));
        assertEquals(List.of("Vary: Origin"), Lines.of(refused.headers()));
    }

    @Test
    void refuses_a_handshake_to_the_llm_server_when_a_foreign_page_opens_it() {
        HeaderFields foreign = HeaderFields.of("Upgrade", "websocket", "Origin", "https://evil.example");

        assertInstanceOf(Refuse.class, judge("GET", "/api/llm/v1/realtime", true, foreign));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/llm", "/api/llm/key/generate", "/api/llm/v1/models/../../key/generate", "/api/llm/%6bey"})
    void refuses_with_the_settings_name_when_the_path_is_not_allowed(String target) {
        Refuse refused = assertInstanceOf(Refuse.class, judge("POST", target, true, FROM_PAGE));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("LITELLM_ALLOWED_PATHS"));
        assertEquals(3, Lines.of(refused.headers()).size());
    }

    @Test
    void passes_the_administration_when_everything_is_allowed() {
        RouteVerdict verdict = llm("http://h:1", "*")
                .judge("POST", RequestTarget.parse("/api/llm/key/generate"), Lines.LOCAL, true, FROM_PAGE);

        assertInstanceOf(Pass.class, verdict);
    }

    @Test
    void answers_a_preflight_when_it_is_asked_before_the_gate() {
        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(llm.preflight("OPTIONS", RequestTarget.parse("/api/llm/x"), PREFLIGHT)
                                .orElseThrow())
                        .get(0));
    }

    @Test
    void judges_a_preflight_as_any_request_when_nobody_answered_it() {
        assertInstanceOf(Refuse.class, judge("OPTIONS", "/api/llm/v1/models", false, PREFLIGHT));
        assertInstanceOf(Refuse.class, judge("OPTIONS", "/api/llm/key/generate", true, PREFLIGHT));
    }

    @Test
    void answers_no_preflight_when_the_target_is_not_its_own() {
        assertTrue(llm.preflight("OPTIONS", RequestTarget.parse("/api/llmx"), PREFLIGHT)
                .isEmpty());
    }

    @Test
    void takes_a_prefix_when_it_is_as_short_as_can_be() {
        Route route =
                Route.toLlm("/a", toolServer, toolRules, OriginRules.forEveryRequest(""), AllowedPaths.inference());

        assertEquals("/v1", route.upstreamTarget(RequestTarget.parse("/a/v1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "api/llm", "/api/llm/", "/a//b", "/a/../b", "/a%20b", "/a;b", "/a?b"})
    void refuses_to_start_when_the_prefix_is_no_plain_path(String prefix) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Route.toLlm(
                        prefix, toolServer, toolRules, OriginRules.forEveryRequest(""), AllowedPaths.inference()));
    }

    private RouteVerdict judge(String method, String target, boolean signedIn, HeaderFields headers) {
        return llm.judge(method, RequestTarget.parse(target), Lines.LOCAL, signedIn, headers);
    }

    private static Route llm(String server, String paths) {
        return Route.toLlm(
                "/api/llm",
                Upstream.parseWithBasePath(server),
                HeaderRules.forLlm("pingate", IdentityHeaders.none(), "sk-master-1234"),
                OriginRules.forEveryRequest("https://chat.example"),
                AllowedPaths.parse(paths));
    }
}
