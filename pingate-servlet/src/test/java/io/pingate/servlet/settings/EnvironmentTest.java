package io.pingate.servlet.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void bytes_count_where_java_could_not_read_them() {
        Map<String, String> decoded = Map.of("A", "z\uFFFD\uFFFD", "B", "set later", "C", "\uFFFD\uFFFD", "D", "");
        byte[] bytes = "A=zë\0A=second\0B=at first\0D=x\0no equals\0=x\0E=é\0".getBytes(UTF_8);
        assertEquals(
                Map.of("A", "zë", "B", "set later", "C", "\uFFFD\uFFFD", "D", ""),
                Environment.corrected(decoded, bytes));
    }

    @Test
    void replacement_stays_when_the_bytes_are_not_utf_8() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("A=k".getBytes(UTF_8));
        bytes.write(0xFC);
        bytes.write(0);
        assertEquals(Map.of("A", "k\uFFFD"), Environment.corrected(Map.of("A", "k\uFFFD"), bytes.toByteArray()));
    }
}
