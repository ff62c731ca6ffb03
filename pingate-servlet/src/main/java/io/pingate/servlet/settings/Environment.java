package io.pingate.servlet.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment of this process, read as UTF-8 whatever the locale. Java goes by the locale: in that of C, which
 * services and containers often have, each byte outside ASCII becomes U+FFFD, and keys that differ become one.
 */
public final class Environment {
    /** Linux keeps the bytes. */
    private static final Path BYTES = Path.of("/proc/self/environ");

    private Environment() {}

    public static Map<String, String> ofThisProcess() {
        Map<String, String> decoded = System.getenv();
        if (decoded.values().stream().allMatch(Environment::isAscii)) {
            return decoded;
        }
        try {
            return corrected(decoded, Files.readAllBytes(BYTES));
        } catch (IOException elsewhere) {
            return decoded;
        }
    }

    /** What a program set in itself before it started Java is missing in the bytes, and stays as Java has it. */
    static Map<String, String> corrected(Map<String, String> decoded, byte[] bytes) {
        Map<String, String> all = new HashMap<>(decoded);
        // What isn't UTF-8 becomes U+FFFD, which no setting may hold.
        String[] entries = new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
        // Java takes the first of two.
        for (int i = entries.length - 1; i >= 0; i--) {
            int equals = entries[i].indexOf('=');
            String name = entries[i].substring(0, Math.max(equals, 0));
            if (!isAscii(decoded.getOrDefault(name, ""))) {
                all.put(name, entries[i].substring(equals + 1));
            }
        }
        return all;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
