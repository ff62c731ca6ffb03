package io.pingate.servlet;

import io.pingate.servlet.settings.Setting;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log is told when settings are read again: names and rules, never what is written. Not thread-safe. */
final class RenewalLog {
    private static final Logger LOG = LoggerFactory.getLogger(PinGateSettings.class);

    /** Told once, until they can be used again; true for what only another reload can find good, since it found it bad. */
    private final Map<Setting, Boolean> unusable = new EnumMap<>(Setting.class);

    /** Unusable at the last look, and perhaps only because two files are replaced one after the other. */
    private Set<Setting> halfway = EnumSet.noneOf(Setting.class);

    private final Set<Setting> changedByReload = EnumSet.noneOf(Setting.class);
    private boolean reloading;

    /** Somebody has asked, and is to be told all. */
    void beginReload() {
        reloading = true;
        changedByReload.clear();
    }

    void tell(Map<Setting, String> found, Set<Setting> changed) {
        Map<Setting, String> faults = withoutHalfway(found);
        faults.forEach((setting, line) -> {
            if (unusable.put(setting, reloading) == null || reloading) {
                LOG.warn("{}; the old value stays", line);
            }
        });
        Set<Setting> again = unusable.entrySet().stream()
                .filter(entry -> !faults.containsKey(entry.getKey()) && (reloading || !entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        for (Setting setting : again) {
            unusable.remove(setting);
            LOG.info("{} can be used again, and was read", setting.environmentName());
        }
        if (reloading) {
            changedByReload.addAll(changed);
            return;
        }
        for (Setting setting : changed) {
            if (!again.contains(setting)) {
                LOG.info("{} has changed, and was read again", setting.environmentName());
            }
        }
    }

    /** Those that were there at the last look, too: files that belong together don't change at once. */
    private Map<Setting, String> withoutHalfway(Map<Setting, String> found) {
        Map<Setting, String> faults = new EnumMap<>(Setting.class);
        faults.putAll(found);
        Set<Setting> paired = EnumSet.of(Setting.TLS_CERT_FILE, Setting.TLS_KEY_FILE);
        paired.retainAll(found.keySet());
        if (!reloading) {
            faults.keySet().removeIf(setting -> paired.contains(setting) && !halfway.contains(setting));
        }
        halfway = paired;
        return faults;
    }

    /** {@code elsewhere} were changed where they are written, which counts from the next start on. */
    void endReload(Set<Setting> elsewhere) {
        reloading = false;
        LOG.info("settings were read again; changed: {}", changedByReload.isEmpty() ? "none" : names(changedByReload));
        if (!elsewhere.isEmpty()) {
            LOG.warn("changed, but the old value stays until a restart: {}", names(elsewhere));
        }
    }

    void warn(List<String> now, List<String> before) {
        now.stream().filter(line -> !before.contains(line)).forEach(LOG::warn);
    }

    void signedOut() {
        LOG.info("what was signed before verifies no more: whoever was signed in has to sign in again");
    }

    private static String names(Collection<Setting> settings) {
        return settings.stream().map(Setting::environmentName).collect(Collectors.joining(", "));
    }
}
