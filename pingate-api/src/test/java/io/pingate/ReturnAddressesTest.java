package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressesTest {
    private final ReturnAddresses ofDomain = new ReturnAddresses("example.org");

    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org/",
        "https://example.org/a?b=c, https://example.org/a?b=c",
        "https://notes.example.org/a/b, https://notes.example.org/a/b",
        "https://Notes.Example.org:8443/a, https://Notes.Example.org:8443/a",
        "https://notes.example.org//evil.test, https://notes.example.org/",
        "/a, /a",
        "//example.org/a, /"
    })
    void leads_to_hosts_of_the_domain_when_there_is_one(String candidate, String address) {
        assertEquals(address, ofDomain.of(candidate));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test/",
                "https://evilexample.org/",
                "https://example.org.evil.test/",
                "https://example.org@evil.test/",
                "https://evil.test/https://example.org/",
                "https://evil.test\\.example.org/",
                "https://evil.test?.example.org/",
                "https://evil.test#.example.org/",
                "https://evil.test%2F.example.org/",
                "https://evil.test:x.example.org/",
                "https://[::1].example.org/",
                "https:///example.org/",
                "https:/example.org/",
                "https://",
                "http://notes.example.org/",
                "HTTPS://notes.example.org/",
                "javascript://notes.example.org/",
                " https://notes.example.org/"
            })
    void leads_nowhere_else(String candidate) {
        assertEquals("/", ofDomain.of(candidate));
    }

    @Test
    void leads_to_no_other_host_when_the_cookie_is_for_one() {
        assertEquals("/", new ReturnAddresses(null).of("https://notes.example.org/"));
        assertEquals("/a", new ReturnAddresses(null).of("/a"));
        assertEquals("/", ofDomain.of(null));
    }
}
