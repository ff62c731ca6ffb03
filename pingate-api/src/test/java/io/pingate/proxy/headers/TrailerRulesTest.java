package io.pingate.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrailerRulesTest {
    private static final String KEY = "sk-Master";

    private final IdentityHeaders identity = IdentityHeaders.none().with("X-WebAuth-User", "ada");
    private final HeaderRules tool = HeaderRules.forTool("pingate", identity);
    private final HeaderRules api = HeaderRules.forApi(
            "pingate",
            identity,
            new ApiKey(
                    HeaderFields.of("Authorization", "Bearer " + KEY),
                    KEY,
                    List.of("Authorization", "X-API-Key", "API-Key"),
                    "key."));

    @Test
    void trailers_pass_when_they_are_about_the_body() {
        String[] trailers = {
            "grpc-status", "0", "Content-Digest", "sha-256=:x:", "Server-Timing", "a;dur=1, b", "X-Checksum", ""
        };
        List<String> lines =
                List.of("grpc-status: 0", "Content-Digest: sha-256=:x:", "Server-Timing: a;dur=1, b", "X-Checksum: ");

        assertEquals(lines, up(tool, trailers));
        assertEquals(lines, down(tool, trailers));
        assertEquals(lines, up(api, trailers));
        assertEquals(lines, down(api, trailers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding",
                "Content-Length",
                "Trailer",
                "Connection",
                "Upgrade",
                "TE",
                "Host",
                "Forwarded",
                "X-Forwarded-For",
                "x_forwarded_proto",
                "Authorization",
                "Cookie",
                "Set-Cookie",
                "WWW-Authenticate",
                "Proxy-Authorization",
                "Sec-WebSocket-Key",
                "Content-Type",
                "Content-Encoding",
                "Content-Range",
                "If-None-Match",
                "Range",
                "Expect",
                "Cache-Control",
                "CDN-Cache-Control",
                "Expires",
                "Location",
                "Clear-Site-Data",
                "Access-Control-Allow-Origin"
            })
    void trailer_is_dropped_when_it_belongs_in_the_head(String name) {
        for (HeaderRules rules : List.of(tool, api)) {
            assertEquals(List.of("X: 1"), up(rules, name, "v", "X", "1"));
            assertEquals(List.of("X: 1"), down(rules, name, "v", "X", "1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Trusted-User-Email", "x_trusted_user_name", "X-WEBAUTH-USER", "X-Real-IP", "X-Pingate-User"})
    void trailer_is_dropped_when_it_says_who_the_client_is(String name) {
        assertEquals(List.of(), up(tool, name, "root"));
        assertEquals(List.of(), up(api, name, "root"));
    }

    @Test
    void trailer_is_dropped_when_it_holds_a_key() {
        assertEquals(List.of(), up(api, "X-API-Key", "k", "api_key", "k"));
        assertEquals(List.of("X-API-Key: k"), up(tool, "X-API-Key", "k"));
        assertEquals(List.of("X: a [redacted]"), down(api, "X", "a " + KEY, "x-SK-master-y", "1"));
    }

    private static List<String> up(HeaderRules rules, String... trailers) {
        List<String> lines = new ArrayList<>();
        rules.upstreamRequestTrailers(HeaderFields.of(trailers))
                .forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    private static List<String> down(HeaderRules rules, String... trailers) {
        List<String> lines = new ArrayList<>();
        rules.clientResponseTrailers(HeaderFields.of(trailers))
                .forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }
}
