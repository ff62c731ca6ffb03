package io.pingate.servlet.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files that settings name are worth to be read again, by their attributes: those of what a symbolic link leads
 * to, since Kubernetes replaces secrets by another link. Not thread-safe.
 */
public final class WatchedFiles {
    private Map<Setting, Version> seen = new EnumMap<>(Setting.class);
    private boolean restless;

    /**
     * Looks at them.
     *
     * @param files the files, by the settings that name them
     * @return whether one has changed since the last look, or had changed by then: a second change may have come too soon
     *     after it for the file's clock to tell them apart
     */
    public boolean haveChanged(Map<Setting, FileContents> files) {
        Map<Setting, Version> now = new EnumMap<>(Setting.class);
        files.forEach((setting, contents) -> now.put(setting, Version.of(contents.file())));
        boolean moved = !now.equals(seen);
        boolean due = moved || restless;
        seen = now;
        restless = moved;
        return due;
    }

    /** What changes when the file does. */
    private record Version(
            @Nullable FileTime modified,
            long size,
            @Nullable Object key) {
        static final Version NONE = new Version(null, -1, null);

        static Version of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                return NONE;
            }
        }

        /** Not the one that Java makes: see {@link io.pingate.http.IpAddress#equals}. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Version version
                    && size == version.size
                    && Objects.equals(modified, version.modified)
                    && Objects.equals(key, version.key);
        }

        @Override
        public int hashCode() {
            return Objects.hash(modified, size, key);
        }
    }
}
