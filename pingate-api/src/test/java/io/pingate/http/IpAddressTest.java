package io.pingate.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "127.0.0.1, 127.0.0.1",
        "255.254.253.252, 255.254.253.252",
        "1.2.3.4:80, 1.2.3.4",
        "1.2.3.4:65535, 1.2.3.4",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "2001:DB8::0A, 2001:db8::a",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "1:0:0:4:0:0:0:8, 1:0:0:4::8",
        "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::ffff:1.2.3.4, 1.2.3.4",
        "::FFFF:ff02:304, 255.2.3.4",
        "0:0:0:0:0:ffff:1.2.3.4, 1.2.3.4",
        "::1.2.3.4, ::102:304",
        "1::ffff:1.2.3.4, 1::ffff:102:304",
        "fe80::1%eth0, fe80::1",
        "[::1], ::1",
        "[::1]:443, ::1",
        "[fe80::1%25eth0]:443, fe80::1",
        "[::ffff:1.2.3.4]:1, 1.2.3.4",
    })
    void reads_a_literal_and_writes_it_canonically(String literal, String canonical) {
        assertEquals(canonical, ip(literal).toString());
        assertEquals(ip(canonical), ip(literal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-4",
                "1.2.3.+4",
                "01.2.3.4",
                "1.2.3.04",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.",
                "1..3.4",
                "0x1.2.3.4",
                "16909060",
                "١.2.3.4",
                "1.2.3.4:",
                "1.2.3.4:x",
                "1.2.3.4:65536",
                "1.2.3.4:99999",
                "1.2.3.4:080",
                "1.2.3.4%eth0",
                "1.2.3.4/8",
                "[1.2.3.4]",
                "[1.2.3.4]:80",
                ":",
                ":::",
                "1",
                "1:2",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1::2::3",
                "12345::",
                "g::",
                "１::",
                "::1.2.3.4:5",
                "::1.2.3",
                "1.2.3.4::",
                "::1%",
                "%eth0",
                "eth0%::1",
                "[]",
                "[::1",
                "::1]",
                "[::1]x",
                "[::1]:",
                "[::1]:x",
                "[::1]443",
                "[[::1]]",
                "unknown",
                "_hidden",
            })
    void refuses_anything_else(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void refuses_at_once_when_overlong() {
        assertEquals(Optional.empty(), IpAddress.parse("1:".repeat(100_000)));
        assertEquals(Optional.empty(), IpAddress.parse("fe80::1%" + "e".repeat(57)));
        assertEquals("fe80::1", ip("fe80::1%" + "e".repeat(56)).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.255, 32, 255.255.255.255",
        "255.255.255.255, 31, 255.255.255.254",
        "255.255.255.255, 8, 255.0.0.0",
        "255.255.255.255, 0, 0.0.0.0",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 128, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 127, ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 65, ffff:ffff:ffff:ffff:8000::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 64, ffff:ffff:ffff:ffff::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 63, ffff:ffff:ffff:fffe::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 1, 8000::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0, ::",
    })
    void keeps_the_network_bits(String address, int bits, String network) {
        assertEquals(ip(network), ip(address).network(bits));
    }

    @Test
    void refuses_more_bits_than_there_are() {
        assertThrows(IllegalArgumentException.class, () -> ip("1.2.3.4").network(33));
        assertThrows(IllegalArgumentException.class, () -> ip("1.2.3.4").network(-1));
        assertThrows(IllegalArgumentException.class, () -> ip("::").network(129));
    }

    @Test
    void refuses_an_ipv4_address_of_more_than_32_bits() {
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(false, 0, 1L << 32));
        assertThrows(IllegalArgumentException.class, () -> new IpAddress(false, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1",
        "10.1.2.3/8, 10.255.0.1",
        "10.1.2.3, 10.1.2.3",
        "0.0.0.0/0, 255.255.255.255",
        "fc00::/7, fdff::1",
        "::1, ::1",
        "::/0, ffff::",
        "10.0.0.0/8, ::ffff:10.1.1.1",
        "::ffff:10.1.1.1, 10.1.1.1",
    })
    void contains_an_address_of_its_network(String range, String address) {
        assertTrue(IpRange.of(range).contains(ip(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "10.1.2.3, 10.1.2.4",
        "0.0.0.0/0, ::1",
        "::/0, 1.2.3.4",
        "fc00::/7, fe00::",
        "::1/128, ::2"
    })
    void does_not_contain_any_other(String range, String address) {
        assertFalse(IpRange.of(range).contains(ip(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10/8",
                "::/129",
                "::ffff:10.0.0.0/104",
                "10.0.0.1:80",
                "[::1]",
                "fe80::1%eth0",
                "localhost",
                "10.0.0.0 /8"
            })
    void refuses_what_is_not_a_range(String range) {
        var fault = assertThrows(IllegalArgumentException.class, () -> IpRange.of(range));

        assertTrue(fault.getMessage().startsWith("range: '"), fault.getMessage());
    }

    @Test
    void writes_a_range_as_cidr() {
        assertEquals("172.17.0.0/16", IpRange.of("172.17.0.1/16").toString());
    }
}
