package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.http.RequestTarget;
import io.pingate.proxy.headers.HeaderRules;
import io.pingate.proxy.headers.IdentityHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final Upstream server = Upstream.of("http://127.0.0.1:1");
    private final HeaderRules rules = HeaderRules.forTool("pingate", IdentityHeaders.none());
    private final Route tool = Route.toTool(server, rules);
    private final Route llm = Route.mounted("/api/llm", server, rules, new HandshakeRules(), ErrorShape.PLAIN);
    private final RouteTable routes = new RouteTable(List.of(llm, tool));

    @Test
    void finds_the_first_route_when_several_match() {
        assertSame(llm, routes.of(RequestTarget.of("/api/llm/v1/models")));
        assertSame(tool, routes.of(RequestTarget.of("/api/llmx")));
    }

    @Test
    void target_is_always_private_when_its_route_is() {
        assertTrue(routes.isAlwaysPrivate(RequestTarget.of("/api/llm/v1/models")));
        assertFalse(routes.isAlwaysPrivate(RequestTarget.of("/api/llmx")));
    }

    @Test
    void fails_when_no_route_takes_everything() {
        RouteTable incomplete = new RouteTable(List.of(llm));

        assertThrows(IllegalStateException.class, () -> incomplete.of(RequestTarget.of("/")));
    }
}
