package io.pingate.standalone;

import io.pingate.servlet.settings.Setting;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command line that holds nothing but settings, each once and with a value, and perhaps {@code --demo}: what nearly every
 * start has. Anything else, and whatever is wrong, is for {@link GateCommand}, which reads these the same way.
 */
record PlainFlags(boolean demo, Map<String, String> values) {
    /** What {@link GateCommand} takes for a command wherever it stands. */
    static final Set<String> COMMANDS =
            Set.of("hash-pin", "sign-out-all", "token", "tokens", "revoke", "link", "doctor", Health.COMMAND);

    private static final String DEMO = "--demo";

    PlainFlags {
        values = Map.copyOf(values);
    }

    /** Empty when it takes more to read them, or to say what is wrong with them. */
    static Optional<PlainFlags> of(String... args) {
        boolean demo = false;
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals(DEMO) && !demo) {
                demo = true;
                continue;
            }
            int equals = args[i].indexOf('=');
            String name = equals < 0 ? args[i] : args[i].substring(0, equals);
            String value = equals < 0 ? (++i < args.length ? args[i] : "") : args[i].substring(equals + 1);
            if (!isPlain(value) || !isSetting(name) || values.put(name, value) != null) {
                return Optional.empty();
            }
        }
        boolean twoUpstreams = demo && values.containsKey(Setting.UPSTREAM.flag());
        return twoUpstreams ? Optional.empty() : Optional.of(new PlainFlags(demo, values));
    }

    /** Not to be taken for another flag, a command or nothing. */
    private static boolean isPlain(String value) {
        return !value.isEmpty() && !value.startsWith("-") && !COMMANDS.contains(value);
    }

    private static boolean isSetting(String name) {
        for (Setting setting : Setting.values()) {
            if (!setting.secret() && setting.flag().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    String value(String flag) {
        return values.get(flag);
    }
}
