package io.pingate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/a%2Fb",
                "/a;x=y",
                "/a?b?c",
                "/|[]{}\"<>^`\\",
                "/%zz%",
                "/\u0080\u00FF",
                "/?q={\"a\":1}"
            })
    void keeps_every_byte(String raw) {
        assertEquals(raw, RequestTarget.of(raw).raw());
    }

    @ParameterizedTest
    @CsvSource({"/a?b=c, /a, b=c", "/a?, /a, ''", "/a?b?c, /a, b?c", "/?x, /, x"})
    void splits_at_the_first_question_mark(String raw, String path, String query) {
        RequestTarget target = RequestTarget.of(raw);

        assertEquals(path, target.path());
        assertEquals(query, target.query());
    }

    @Test
    void has_no_query_when_there_is_no_question_mark() {
        assertEquals("/a", RequestTarget.of("/a").path());
        assertNull(RequestTarget.of("/a").query());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|must start with '/'",
                "*|must start with '/'",
                "http://h/|must start with '/'",
                "\" /\"|must start with '/'",
                "/a b|' ' must be escaped",
                "/a#b|'#' must be escaped",
                "\"/\t\"|control character",
                "\"/a\r\nb\"|control character",
                "\"/\u0000\"|control character",
                "\"/\u001F\"|control character",
                "\"/\u007F\"|control character",
                "/\uFFFD|a character that is no byte",
                "/\u0100|a character that is no byte",
                "/?\uFF0E|a character that is no byte",
            })
    void refuses_what_no_request_line_may_hold(String raw, String rule) {
        var fault = assertThrows(IllegalArgumentException.class, () -> RequestTarget.of(raw));

        assertEquals("request target: " + rule, fault.getMessage());
    }

    @Test
    void refuses_more_than_16_kib() {
        String longest = "/" + "a".repeat(16 * 1024 - 1);

        assertEquals(longest, RequestTarget.of(longest).raw());
        assertThrows(IllegalArgumentException.class, () -> RequestTarget.of(longest + "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/a/b.c",
                "/.a",
                "/a.",
                "/..a",
                "/a..",
                "/...",
                "/a?b//c/../%2e;\\",
                "/a|b~",
                "/:@!$&'()*+,="
            })
    void is_plain_when_every_server_reads_it_alike(String raw) {
        assertTrue(RequestTarget.of(raw).isPlain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//", "//a", "/a//", "/a//b", "/.", "/..", "/./", "/../", "/a/.", "/a/..", "/a/./b", "/a/../b", "/a;b",
                "/a\\b", "/a%20b", "/%", "/\u0080", "/\u00E9"
            })
    void is_not_plain_when_servers_differ(String raw) {
        assertFalse(RequestTarget.of(raw).isPlain());
    }
}
