package io.pingate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateRequestBuilderTest {
    private static GateRequestBuilder get() {
        return GateRequest.builder().method("GET").target("/a?b");
    }

    private static String fault(GateRequestBuilder builder) {
        return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    }

    @Test
    void needs_no_more_than_method_and_target() {
        GateRequest request = get().build();

        assertEquals("GET", request.method());
        assertEquals("/a?b", request.target().raw());
        assertSame(HeaderFields.NONE, request.headers());
        assertEquals(new IpAddress(false, 0, 0), request.client());
        assertEquals("http", request.scheme());
        assertEquals("", request.host());
    }

    @Test
    void takes_all_that_it_is_given() {
        HeaderFields headers = HeaderFields.of("Host", "other.test");
        GateRequest request = get().headers(headers)
                .client("[2001:db8::1]:4711")
                .scheme("HTTPS")
                .host("gate.test:8443")
                .build();

        assertSame(headers, request.headers());
        assertEquals("2001:db8::1", request.client().toString());
        assertEquals("https", request.scheme());
        assertEquals("gate.test:8443", request.host());
    }

    @Test
    void host_is_that_of_the_host_field_when_none_is_given() {
        assertEquals(
                "gate.test",
                get().headers(HeaderFields.of("host", "gate.test")).build().host());
    }

    @Test
    void host_is_unknown_when_there_are_two_host_fields() {
        HeaderFields two = HeaderFields.of("Host", "gate.test", "Host", "evil.test");
        assertEquals("", get().headers(two).build().host());
    }

    @Test
    void names_what_is_missing() {
        assertEquals("method: must be set", fault(GateRequest.builder().target("/")));
        assertEquals("target: must be set", fault(GateRequest.builder().method("GET")));
    }

    @ParameterizedTest
    @CsvSource({"GET /admin,/,method: must be one word", "GET,admin,request target: must start with '/'"})
    void names_the_rule_that_is_broken(String method, String target, String message) {
        String fault = fault(GateRequest.builder().method(method).target(target));
        assertEquals(message, fault.substring(0, Math.min(message.length(), fault.length())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3", "fe80::%"})
    void refuses_a_client_that_is_no_address(String client) {
        assertEquals("client: must be an IPv4 or IPv6 address", fault(get().client(client)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ws", "http:", "ftp"})
    void refuses_a_scheme_that_is_not_of_http(String scheme) {
        assertEquals("scheme: must be http or https", fault(get().scheme(scheme)));
    }
}
