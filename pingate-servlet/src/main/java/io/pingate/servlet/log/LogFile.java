package io.pingate.servlet.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log in a file, which its owner alone may read when it is made here. It looks at most once a second whether somebody has
 * moved the file away, as logrotate does, and then begins a new one. Not safe for use by many threads.
 */
final class LogFile implements LogTarget {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path path;
    private final LongSupplier nanoTime;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long looked;
    private boolean inMidLine;

    LogFile(Path path, LongSupplier nanoTime) {
        this.path = path;
        this.nanoTime = nanoTime;
    }

    @Override
    public void write(List<String> lines) throws IOException {
        // What a full disk has cut off is no beginning of the next line.
        String text = (inMidLine ? "\n" : "") + String.join("\n", lines) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        FileChannel open = open();
        try {
            while (bytes.hasRemaining()) {
                int unused = open.write(bytes);
            }
            inMidLine = false;
        } catch (IOException e) {
            inMidLine |= bytes.position() > 0;
            throw e;
        }
    }

    private FileChannel open() throws IOException {
        long now = nanoTime.getAsLong();
        FileChannel open = channel;
        if (open != null && now - looked >= LOOK_NANOS) {
            looked = now;
            if (wasMoved()) {
                close();
                open = null;
            }
        }
        if (open == null) {
            open = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    owners());
            channel = open;
            key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            looked = now;
        }
        return open;
    }

    private boolean wasMoved() throws IOException {
        try {
            return !Objects.equals(
                    key, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static FileAttribute<?>[] owners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        inMidLine = false;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // What could be written, was.
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
