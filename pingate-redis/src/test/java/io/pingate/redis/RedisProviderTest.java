package io.pingate.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisProviderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis",
                "redis://",
                "http://:hidden@host",
                "redis-sentinel://:hidden@host/0#name",
                "redis://:hidden@host:port",
                "redis://:hid%zzden@host",
                "redis://:hidden@host?timeout=1d",
                "redis://:hidden@:6379"
            })
    void address_is_refused_without_being_shown_when_it_is_none(String address) {
        IllegalArgumentException fault =
                assertThrows(IllegalArgumentException.class, () -> new RedisProvider().at(address, "pingate"));
        assertFalse(String.valueOf(fault).contains("hid"), fault::toString);
        assertFalse(String.valueOf(fault.getCause()).contains("hid"), fault::toString);
    }

    @Test
    void nothing_is_connected_when_a_gate_is_only_read() {
        assertNotNull(new RedisProvider()
                .at("rediss://user:pass%2Fword@nowhere.invalid:6380/3", "pingate")
                .limiter());
    }
}
