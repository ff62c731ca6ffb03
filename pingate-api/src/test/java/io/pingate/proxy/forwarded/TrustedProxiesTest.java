package io.pingate.proxy.forwarded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pingate.proxy.Lines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "::1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "fd12::1",
                "::ffff:10.0.0.1"
            })
    void trusts_by_default_when_the_address_is_loopback_or_private(String address) {
        assertTrue(TrustedProxies.loopbackAndPrivate().trusts(Lines.address(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.1",
                "11.0.0.1",
                "128.0.0.1",
                "2001:db8::1",
                "fe80::1",
                "169.254.169.254",
                "100.64.0.1",
                "::2"
            })
    void distrusts_by_default_when_the_address_is_anybodys(String address) {
        assertFalse(TrustedProxies.loopbackAndPrivate().trusts(Lines.address(address)));
    }

    @Test
    void trusts_nobody_when_told_none() {
        assertFalse(TrustedProxies.of(" none ").trusts(Lines.address("127.0.0.1")));
        assertEquals("none", TrustedProxies.none().toString());
    }

    @Test
    void trusts_exactly_these_when_ranges_are_listed() {
        TrustedProxies trusted = TrustedProxies.of("203.0.113.0/24, 2001:db8::/32,198.51.100.7");

        assertTrue(trusted.trusts(Lines.address("203.0.113.200")));
        assertTrue(trusted.trusts(Lines.address("2001:db8:1::1")));
        assertTrue(trusted.trusts(Lines.address("198.51.100.7")));
        assertFalse(trusted.trusts(Lines.address("198.51.100.8")));
        assertFalse(trusted.trusts(Lines.address("127.0.0.1")));
        assertEquals("203.0.113.0/24, 2001:db8::/32, 198.51.100.7/32", trusted.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "proxy.example", "10.0.0.0/33", "none, 10.0.0.1", "10.0.0.0/8 192.168.0.0/16"})
    void refuses_when_an_entry_is_no_range(String text) {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(text));
    }
}
