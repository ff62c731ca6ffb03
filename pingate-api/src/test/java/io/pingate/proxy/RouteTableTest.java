package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.HeaderFields;
import io.pingate.RequestTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final HeaderFields PREFLIGHT =
            HeaderFields.of("Origin", "https://chat.example", "Access-Control-Request-Method", "POST");

    private final Upstream server = Upstream.parse("http://127.0.0.1:1");
    private final HeaderRules rules = HeaderRules.forTool("pingate", IdentityHeaders.none());
    private final Route tool = Route.toTool(server, rules, OriginRules.forHandshakes(""));
    private final Route llm = Route.toLlm(
            "/api/llm", server, rules, OriginRules.forEveryRequest("https://chat.example"), AllowedPaths.inference());
    private final RouteTable routes = new RouteTable(List.of(llm, tool));

    @Test
    void finds_the_first_route_when_several_match() {
        assertSame(llm, routes.of(RequestTarget.parse("/api/llm/v1/models")));
        assertSame(tool, routes.of(RequestTarget.parse("/api/llmx")));
    }

    @Test
    void target_is_always_private_when_its_route_is() {
        assertTrue(routes.isAlwaysPrivate(RequestTarget.parse("/api/llm/v1/models")));
        assertFalse(routes.isAlwaysPrivate(RequestTarget.parse("/api/llmx")));
    }

    @Test
    void fails_when_no_route_takes_everything() {
        RouteTable incomplete = new RouteTable(List.of(llm));

        assertThrows(IllegalStateException.class, () -> incomplete.of(RequestTarget.parse("/")));
    }

    @Test
    void answers_a_preflight_when_its_route_does() {
        RequestTarget model = RequestTarget.parse("/api/llm/v1/models");

        assertEquals(
                "Access-Control-Allow-Origin: https://chat.example",
                Lines.of(routes.preflight("OPTIONS", model, PREFLIGHT).orElseThrow())
                        .get(0));
        assertTrue(routes.preflight("POST", model, PREFLIGHT).isEmpty());
        assertTrue(
                routes.preflight("OPTIONS", RequestTarget.parse("/"), PREFLIGHT).isEmpty());
    }
}
