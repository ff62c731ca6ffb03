package io.pingate.servlet.settings;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that was written at one moment: what settings say, and what is in the files that they name. Holds secrets, and shows
 * none.
 */
public final class Snapshot {
    private final Map<Setting, String> texts;
    private final Map<Setting, FileContents> contents;

    Snapshot(Map<Setting, String> texts, Map<Setting, FileContents> contents) {
        this.texts = Map.copyOf(texts);
        this.contents = Map.copyOf(contents);
    }

    /** {@return the same settings as a place to look them up, whatever has become of the files that they name} */
    public SettingsSource source() {
        return SettingsSource.kept(texts);
    }

    @Nullable
    String text(Setting setting) {
        return texts.get(setting);
    }

    @Nullable
    FileContents contents(Setting setting) {
        return contents.get(setting);
    }

    /** {@return the settings that name a file of which something was made} */
    public Map<Setting, FileContents> files() {
        return contents;
    }

    /**
     * Compares two moments.
     *
     * @param other the other one
     * @return the settings that say something else, or whose file holds something else
     */
    public Set<Setting> differingFrom(Snapshot other) {
        Set<Setting> differing = EnumSet.noneOf(Setting.class);
        for (Setting setting : Setting.values()) {
            if (!Objects.equals(texts.get(setting), other.texts.get(setting))
                    || !same(contents.get(setting), other.contents.get(setting))) {
                differing.add(setting);
            }
        }
        return differing;
    }

    private static boolean same(@Nullable FileContents one, @Nullable FileContents other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.hasBytesOf(other);
    }

    /** Leaves out everything. */
    @Override
    public String toString() {
        return "Snapshot";
    }
}
