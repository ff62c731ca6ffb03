package io.pingate.servlet.proxy.theme;

import io.pingate.proxy.theme.Theme;
import io.pingate.servlet.rate.Recheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The theme's CSS file. Its attributes are looked at when the theme is used, at most once a second; a changed file is
 * taken up, and while it is missing or unusable the last good theme stays.
 *
 * <p>Thread-safe; has no thread of its own.
 */
public final class ThemeFile {
    private static final Logger LOG = LoggerFactory.getLogger(ThemeFile.class);

    private final Path file;
    private final Recheck recheck;
    private volatile Executor looker = Runnable::run;
    private volatile Theme theme;
    private @Nullable Version seen;
    private boolean warned;

    ThemeFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.recheck = new Recheck(nanoTime);
        try {
            this.seen = Version.of(file);
            this.theme = read();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + reason(e), e);
        }
    }

    /**
     * Reads the file for the first time.
     *
     * @param file the CSS file
     * @return the file, with a usable theme
     * @throws IllegalArgumentException with the file and the reason: missing, unreadable, not a regular file, or not
     *     usable as a {@link Theme}
     */
    public static ThemeFile open(Path file) {
        return new ThemeFile(file, System::nanoTime);
    }

    /** Has the file looked at by threads of an executor; whoever asks for the theme does so else, and waits for it. */
    void lookOn(Executor executor) {
        looker = executor;
    }

    /** {@return the theme of the moment} */
    public Theme theme() {
        if (recheck.isDue()) {
            looker.execute(this::look);
        }
        return theme;
    }

    private synchronized void look() {
        try {
            Version version = Version.of(file);
            if (!version.isThatOf(seen)) {
                seen = version;
                theme = read();
                warned = false;
                LOG.info("theme: {} is taken up", file);
            }
        } catch (IOException e) {
            seen = null;
            warn(e);
        } catch (IllegalArgumentException e) {
            warn(e);
        }
    }

    private void warn(Exception e) {
        if (!warned) {
            LOG.warn("theme: {}: {}; the last good one stays", file, reason(e));
            warned = true;
        }
    }

    private Theme read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Theme.of(in.readNBytes(Theme.MAX_BYTES + 1));
        }
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "not readable";
        }
        return String.valueOf(e.getMessage());
    }

    /** What changes when the file does. It is taken before the content, so that a change in between is seen next time. */
    private record Version(
            FileTime modified, long size, @Nullable Object key) {
        /** Not equals: see {@link io.pingate.http.IpAddress#equals}. */
        boolean isThatOf(@Nullable Version other) {
            return other != null
                    && modified.equals(other.modified)
                    && size == other.size
                    && Objects.equals(key, other.key);
        }

        static Version of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException("not a regular file");
            }
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }
}
