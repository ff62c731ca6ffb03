package io.pingate.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:3050,      http,  127.0.0.1,  3050",
        "http://localhost,           http,  localhost,  80",
        "http://localhost/,          http,  localhost,  80",
        "HTTPS://tool.example,       https, tool.example, 443",
        "https://tool.example:8443/, https, tool.example, 8443",
        "http://open_webui:8080,     http,  open_webui, 8080",
        "http://[::1]:3050,          http,  [::1],      3050",
        "http://[::1],               http,  [::1],      80",
        "http://h:65535,             http,  h,          65535",
        "http://h:1,                 http,  h,          1",
        "http://h:8090,              http,  h,          8090",
        "http://[fe80::]:80,         http,  [fe80::],   80",
    })
    void reads_scheme_host_and_port_when_given_an_address(String text, String scheme, String host, int port) {
        assertEquals(new Upstream(scheme, host, port, null, ""), Upstream.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:/run/app.sock", "unix:///run/app.sock"})
    void names_the_socket_when_given_a_unix_path(String text) {
        Upstream upstream = Upstream.of(text);

        assertEquals(new Upstream("http", "localhost", 80, "/run/app.sock", ""), upstream);
        assertEquals("unix:/run/app.sock", upstream.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1/llm,   /llm",
        "http://h:1/llm/,  /llm",
        "http://h:1/a/b/,  /a/b",
        "http://h:1/,      ''",
        "http://h:1,       ''",
        "unix:/s,          ''",
    })
    void keeps_the_base_path_when_one_is_allowed(String text, String basePath) {
        assertEquals(basePath, Upstream.withBasePath(text).basePath());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                   | must start with http://, https:// or unix:/",
                "127.0.0.1:3050       | must start with http://, https:// or unix:/",
                "ftp://h              | must start with http://, https:// or unix:/",
                "://h                 | must start with http://, https:// or unix:/",
                "http://              | must name a host",
                "http://:80           | must name a host",
                "http://h:            | must name a host",
                "http://h:0           | must name a host",
                "http://h:65536       | must name a host",
                "http://h:123456      | must name a host",
                "http://h:8x          | must name a host",
                "http://h:80:80       | must name a host",
                "http://h h           | must name a host",
                "http://hé            | must name a host",
                "http://h%41          | must name a host",
                "http://::1           | must name a host",
                "http://[::1          | must name a host",
                "http://[127.0.0.1]   | must name a host",
                "http://[fe80::1%25a] | must name a host",
                "http://[x]:80        | must name a host",
                "http://h/path        | must have no path",
                "http://h?q           | must have no query",
                "http://h/#f          | must have no fragment",
                "unix:run/app.sock    | must give the socket's absolute path",
                "unix:/               | must give the socket's absolute path",
                "unix://run/app.sock/ | must give the socket's absolute path",
            })
    void names_the_rule_when_an_address_is_refused(String text, String rule) {
        assertTrue(refusal(text).contains(rule), refusal(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://h//", "http://h/a//b", "http://h/a/../b", "http://h/%61", "http://h/a;b", "http://h/a\\b"
            })
    void refuses_when_the_base_path_is_not_plain(String text) {
        assertThrows(IllegalArgumentException.class, () -> Upstream.withBasePath(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:s3cret@h:1",
                "https://s3cret@h",
                "http://h@s3cret/path",
                "http://me:s3cret@",
                "http://@s3cret"
            })
    void keeps_the_password_to_itself_when_there_is_one(String text) {
        assertTrue(refusal(text).contains("must have no user name or password"), refusal(text));
        assertFalse(refusal(text).contains("s3cret"));
    }

    @Test
    void refuses_when_a_socket_path_has_a_control_character() {
        assertTrue(refusal("unix:/a\nb").contains("absolute path"));
    }

    @Test
    void refuses_when_a_socket_path_is_too_long_for_the_system() {
        assertEquals(107, Upstream.of("unix:/" + "x".repeat(106)).unixPath().length());
        assertTrue(refusal("unix:/" + "x".repeat(107)).contains("107 bytes"));
        assertTrue(refusal("unix:/" + "é".repeat(60)).contains("107 bytes"));
    }

    @Test
    void shows_the_whole_address_when_printed() {
        assertEquals(
                "https://tool.example:443", Upstream.of("https://tool.example").toString());
        assertEquals(
                "http://[::1]:80/llm", Upstream.withBasePath("http://[::1]/llm").toString());
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> Upstream.of(text))
                .getMessage();
    }

    @Test
    void upstreams_are_equal_when_every_part_is() {
        List<String> texts = List.of(
                "http://a.example:81",
                "https://a.example:81",
                "http://b.example:81",
                "http://a.example:82",
                "unix:/run/a.sock",
                "unix:/run/b.sock");
        for (String text : texts) {
            for (String other : texts) {
                assertEquals(text.equals(other), Upstream.of(text).equals(Upstream.of(other)), text + " and " + other);
            }
            assertEquals(Upstream.of(text).hashCode(), Upstream.of(text).hashCode());
            assertNotEquals(text, Upstream.of(text));
        }
        Upstream below = new Upstream("http", "a.example", 81, null, "/x");
        assertNotEquals(Upstream.of("http://a.example:81"), below);
        assertEquals(below, new Upstream("http", "a.example", 81, null, "/x"));
        assertEquals(
                5,
                texts.stream()
                        .map(text -> Upstream.of(text).hashCode())
                        .distinct()
                        .count(),
                "hash codes: scheme and path below don't count");
    }
}
