package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be used once, and was: a file each in a folder of the state folder, which the system makes for one
 * of all who try at the same time, in this process and in others.
 *
 * <p>A mark is of no use once its time is over, and is removed. The latest such time is kept before: should the clock be set
 * back, what ended up to then stays at its end.
 */
public final class UsedMarks {
    private static final String FOLDER = "used-links";
    private static final String ENDED = "links-ended";
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9_-]{16}\\.([0-9]{1,12})");

    private final StateFolder state;

    public UsedMarks(StateFolder state) {
        this.state = state;
    }

    /**
     * Marks something as used.
     *
     * @param id tells it from all others: 16 letters, digits, '-' or '_'
     * @param expiry when it ends, in unix seconds
     * @param now the present time, in unix seconds
     * @return whether this is its first use
     * @throws IOException when it can't be kept that it was used; then it wasn't
     */
    public boolean mark(String id, long expiry, long now) throws IOException {
        Path folder = state.subfolder(FOLDER);
        forgetEnded(folder, now);
        if (expiry <= ended()) {
            return false;
        }
        Path file = folder.resolve(id + "." + expiry);
        if (!file.getFileName().toString().matches(MARK.pattern())) {
            throw new IOException("an id that can't be a file's name");
        }
        return make(file) && synced(folder);
    }

    private static boolean make(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
            try {
                channel.write(StandardCharsets.US_ASCII.encode("used\n"));
                return true;
            } catch (IOException full) {
                Files.deleteIfExists(file);
                throw full;
            }
        } catch (FileAlreadyExistsException before) {
            return false;
        }
    }

    /** A file's name is on the disk when its folder is; not every system lets a folder be opened. */
    private static boolean synced(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException windows) {
            return true;
        }
        return true;
    }

    private void forgetEnded(Path folder, long now) throws IOException {
        long latest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                long expiry = expiry(file);
                if (expiry < now && expiry > 0) {
                    latest = Math.max(latest, expiry);
                }
            }
        }
        if (latest == 0) {
            return;
        }
        long all = latest;
        state.exclusively(() -> {
            if (all > ended()) {
                state.replace(ENDED, all + "\n", "rw-r--r--");
            }
            return all;
        });
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (expiry(file) <= latest) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What isn't named so was put there by somebody else, and stays. */
    private static long expiry(Path file) {
        Matcher mark = MARK.matcher(file.getFileName().toString());
        return mark.matches() ? Long.parseLong(mark.group(1)) : Long.MAX_VALUE;
    }

    private long ended() throws IOException {
        String text = state.text(ENDED).orElse("0\n");
        if (!text.matches("[0-9]{1,12}\n")) {
            throw new IOException(state.path().resolve(ENDED) + " must hold a whole number");
        }
        return Long.parseLong(text.strip());
    }
}
