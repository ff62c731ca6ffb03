package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A running gate's mark in its state folder: a file that it holds locked and that says which process it is and which
 * epoch it goes by. The lock goes with the process, however that ends, so that what is left of the file then lies about
 * nothing.
 */
final class Presence implements AutoCloseable {
    static final String FOLDER = "running";
    static final String SUFFIX = ".gate";
    /** Far behind the text: on Windows nobody else can read what is locked. */
    static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * With this the names of this process's own files begin, those of other class loaders too: a process must not open
     * one of them again, since with any of its channels on a file it loses its lock. A number alone would not do, which
     * is the same for each life of a container.
     */
    static final String OWN = ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L)
            + "-";

    private final Path file;
    private final FileChannel channel;

    private Presence(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Appears written and locked, or not at all: whoever tidies up could take an unlocked file for one of the dead. */
    static Presence in(StateFolder state, long epoch, long revision) throws IOException {
        Path folder = state.subfolder(FOLDER);
        Path fresh = Files.createTempFile(folder, OWN, ".new");
        FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new IOException(fresh + " can't be locked");
            }
            Path file = folder.resolve(fresh.getFileName().toString().replace(".new", SUFFIX));
            Presence presence = new Presence(file, channel);
            presence.goesBy(epoch, revision);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return presence;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(fresh);
            throw e;
        }
    }

    /**
     * Tells which epoch, and which list of what was revoked, the gate goes by from now on; a number never gets shorter, so
     * that nothing of an old one stays. As long as nothing was ever revoked, there is no number for it.
     */
    void goesBy(long epoch, long revision) throws IOException {
        String text = ProcessHandle.current().pid() + " " + epoch + (revision == 0 ? "" : " " + revision) + "\n";
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
