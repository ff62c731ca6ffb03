package io.pingate.blackbox;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code java -jar pingate.jar}. */
class StandaloneGate extends GateProcess {
    private static final Pattern OPEN = Pattern.compile("open +https?://[^ ]*:(\\d+)/");

    static final List<String> PROGRAM = List.of("-jar", System.getProperty("pingate.jar"));

    StandaloneGate(Path home, Map<String, String> settings) {
        super(home, withFreePort(settings));
    }

    @Override
    List<String> program() {
        return PROGRAM;
    }

    @Override
    Pattern ready() {
        return OPEN;
    }

    private static Map<String, String> withFreePort(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PINGATE_PORT", "0");
        return all;
    }
}
