package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.RouteVerdict.Pass;
import io.pingate.proxy.RouteVerdict.Refuse;
import io.pingate.proxy.forwarded.Forwarding;
import io.pingate.proxy.headers.CacheScope;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final HeaderFields NONE = HeaderFields.of();
    private static final HeaderRules RULES = HeaderRules.forTool("pingate", IdentityHeaders.none());

    /** Another shape than that of the tool. */
    private static final ErrorShape ERRORS = new ErrorShape() {
        @Override
        public Map<String, Object> error(int status, String message) {
            return Map.of("message", message);
        }

        @Override
        public Object signInRequired(String form) {
            return form;
        }
    };

    private static final HeaderFields PREFLIGHT =
            HeaderFields.of("Origin", "https://chat.example", "Access-Control-Request-Method", "POST");

    private final Upstream toolServer = Upstream.of("http://127.0.0.1:3050");
    private final Route tool = Route.toTool(toolServer, RULES);
    private final Route mounted = mounted("http://127.0.0.1:8008");

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/llm", "//", "/a?b", "/%2e%2e"})
    void takes_every_target_when_it_leads_to_the_tool(String target) {
        assertTrue(tool.matches(RequestTarget.of(target)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/../b", "/a%2Fb//c;d=e?", "/a?", "/a|b?{\"c\"}", "/%ff\u00ff", "/api/llm/v1"})
    void passes_the_target_byte_for_byte_when_it_leads_to_the_tool(String target) {
        assertEquals(target, tool.upstreamTarget(RequestTarget.of(target)));
        assertInstanceOf(Pass.class, tool.judge("POST", RequestTarget.of(target), Lines.LOCAL, SignedIn.NO, NONE));
    }

    @Test
    void knows_where_it_leads_when_asked() {
        assertSame(toolServer, tool.upstream());
        assertSame(RULES, tool.headers());
    }

    @Test
    void tells_programs_of_errors_in_the_way_that_they_read() {
        assertSame(ErrorShape.PLAIN, tool.errors());
        assertSame(ERRORS, mounted.errors());
    }

    @Test
    void refuses_a_handshake_when_a_foreign_page_opens_it() {
        HeaderFields foreign = HeaderFields.of("Upgrade", "websocket", "Origin", "https://evil.example");
        Refuse refused = assertInstanceOf(
                Refuse.class, tool.judge("GET", RequestTarget.of("/ws"), Lines.LOCAL, SignedIn.BY_COOKIE, foreign));

        assertEquals(403, refused.status());
        assertTrue(refused.reason().contains("WebSocket"));
        assertEquals(List.of(), Lines.of(refused.headers()));
    }

    @Test
    void passes_a_preflight_on_when_it_leads_to_the_tool() {
        assertInstanceOf(
                Pass.class, tool.judge("OPTIONS", RequestTarget.of("/"), Lines.LOCAL, SignedIn.BY_COOKIE, PREFLIGHT));
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
        assertEquals(List.of("Location: " + mapped, "X: /v1"), answered(mounted, location));
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
                List.of("Location: " + mapped, "X: /v1"), answered(mounted("http://127.0.0.1:8008/llm"), location));
    }

    @Test
    void redirect_is_mapped_when_the_server_names_itself_in_another_case() {
        assertEquals(
                List.of("Location: /api/llm/v1", "X: /v1"),
                answered(mounted("http://LiteLLM:4000"), "http://litellm:4000/v1"));
    }

    private static List<String> answered(Route route, String location) {
        Forwarding forwarding =
                new Forwarding(Lines.LOCAL.client(), "https", "gate.example", 8443, Lines.LOCAL.forwardedFor());
        return Lines.of(route.clientResponse(
                forwarding, HeaderFields.of("Location", location, "X", "/v1"), CacheScope.AS_SAID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/llm", "/api/llm/", "/api/llm?x", "/api/llm/v1/models", "/api/llm//", "/api/llm/../x"})
    void takes_a_target_when_it_lies_below_the_prefix(String target) {
        assertTrue(mounted.matches(RequestTarget.of(target)));
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
        assertFalse(mounted.matches(RequestTarget.of(target)));
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
        assertEquals(upstreamTarget, mounted(server).upstreamTarget(RequestTarget.of(target)));
    }

    @Test
    void takes_a_prefix_when_it_is_as_short_as_can_be() {
        Route route = Route.mounted("/a", toolServer, RULES, new HandshakeRules(), ERRORS);

        assertEquals("/v1", route.upstreamTarget(RequestTarget.of("/a/v1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "api/llm", "/api/llm/", "/a//b", "/a/../b", "/a%20b", "/a;b", "/a?b"})
    void refuses_to_start_when_the_prefix_is_no_plain_path(String prefix) {
        assertThrows(
                IllegalArgumentException.class,
                () -> Route.mounted(prefix, toolServer, RULES, new HandshakeRules(), ERRORS));
    }

    @Test
    void asks_for_a_sign_in_when_it_is_mounted_and_nobody_is_signed_in() {
        RequestTarget target = RequestTarget.of("/api/llm/x");
        Refuse refused = assertInstanceOf(Refuse.class, mounted.judge("GET", target, Lines.LOCAL, SignedIn.NO, NONE));

        assertEquals(401, refused.status());
        assertInstanceOf(Pass.class, mounted.judge("GET", target, Lines.LOCAL, SignedIn.BY_COOKIE, NONE));
    }

    @Test
    void rules_see_what_follows_the_prefix() {
        Route route = Route.mounted(
                "/api",
                toolServer,
                RULES,
                (method, target, forwarding, signedIn, fields) -> Optional.of(target.raw()),
                ERRORS);
        Refuse refused = assertInstanceOf(
                Refuse.class, route.judge("GET", RequestTarget.of("/api/x?y"), Lines.LOCAL, SignedIn.BY_COOKIE, NONE));

        assertEquals(403, refused.status());
        assertEquals("/x?y", refused.reason());
    }

    @Test
    void says_nothing_by_itself_when_the_rules_do_not() {
        assertTrue(tool.unaskedAnswer("OPTIONS", PREFLIGHT).isEmpty());
        assertEquals(List.of(), Lines.of(tool.answerFields(PREFLIGHT)));
    }

    private static Route mounted(String server) {
        return Route.mounted("/api/llm", Upstream.withBasePath(server), RULES, new HandshakeRules(), ERRORS);
    }
}
