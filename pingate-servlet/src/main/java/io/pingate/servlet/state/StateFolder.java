package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The folder where the gate keeps what outlives a restart: a key of its own, how often everybody was signed out, and lists. */
public final class StateFolder {
    private static final String KEY_FILE = "key";
    private static final String EPOCH_FILE = "epoch";
    private static final String LOCK_FILE = "lock";
    private static final int KEY_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** On the disk before it gets its name: a machine that loses its power must not come back with an empty file. */
    private static final OpenOption[] ON_DISK = {StandardOpenOption.WRITE, StandardOpenOption.DSYNC};

    /** A lock on a file is the whole process's. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path folder;

    public StateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The kept key; made when there is none yet. When it can't be kept, a key for this run alone, and a warning.
     *
     * @param warnings takes sentences for the operator
     * @param remedy a sentence on what a key for this run alone means, and what helps
     */
    public byte[] key(Consumer<String> warnings, String remedy) {
        Path file = folder.resolve(KEY_FILE);
        try {
            byte[] key = Files.exists(file) ? Files.readAllBytes(file) : create(file);
            if (key.length == KEY_BYTES) {
                warnIfOpen(file, warnings);
                return key;
            }
            warnings.accept(file + " is not a key of " + KEY_BYTES + " bytes: delete it. " + remedy);
        } catch (IOException e) {
            warnings.accept("The state folder " + folder + " can't be used. " + remedy);
        }
        return random();
    }

    /**
     * How often everybody was signed out.
     *
     * @throws IOException when the folder can't be read
     * @throws NumberFormatException when something else stands in the number's place
     */
    public long epoch() throws IOException {
        Path file = epochFile();
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (NoSuchFileException never) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new NumberFormatException(file + " must hold a whole number");
        }
        return Long.parseLong(text);
    }

    /**
     * Puts a number in the other one's place at once: a gate that reads meanwhile sees the one or the other. It is no
     * secret, and may be written by root for a gate of another user's.
     */
    void epoch(long epoch) throws IOException {
        replace(EPOCH_FILE, epoch + "\n", "rw-r--r--");
    }

    /** Puts a text in the place of a file's, at once and on the disk. */
    public void replace(String name, String text, String permissions) throws IOException {
        Files.createDirectories(folder, owned("rwx------"));
        Path fresh = Files.createTempFile(folder, name, ".new", owned(permissions));
        try {
            Files.writeString(fresh, text, ON_DISK);
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            // Where the disk is full, each try would leave one.
            Files.deleteIfExists(fresh);
        }
    }

    /** The text of a file; none when there is no file. */
    public Optional<String> text(String name) throws IOException {
        try {
            return Optional.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** What is done while nobody else does the like. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /** Keeps others who do the same, in this process and in others, from changing a file that is read and written anew. */
    public <T> T exclusively(Work<T> work) throws IOException {
        Files.createDirectories(folder, owned("rwx------"));
        Path file = folder.resolve(LOCK_FILE);
        try {
            Files.createFile(file, owned("rw-------"));
        } catch (FileAlreadyExistsException before) {
            // It stays for the next.
        }
        IN_THIS_PROCESS.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // Given back with the channel.
            channel.lock();
            return work.run();
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** {@return the folder} */
    public Path path() {
        return folder;
    }

    /** {@return whether the folder holds a key that outlives this run} */
    public boolean keepsKey() {
        try {
            return Files.size(folder.resolve(KEY_FILE)) == KEY_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** A folder inside, made when there is none yet. */
    Path subfolder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name), owned("rwx------"));
    }

    Path epochFile() {
        return folder.resolve(EPOCH_FILE);
    }

    /** Appears whole or not at all, so that two gates that start at once end up with the same key. */
    private byte[] create(Path file) throws IOException {
        Files.createDirectories(folder, owned("rwx------"));
        Path fresh = Files.createTempFile(folder, KEY_FILE, ".new", owned("rw-------"));
        try {
            Files.write(fresh, random(), ON_DISK);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another gate was faster: its key is the one to read.
        } finally {
            Files.delete(fresh);
        }
        return Files.readAllBytes(file);
    }

    private FileAttribute<?>[] owned(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void warnIfOpen(Path file, Consumer<String> warnings) throws IOException {
        if (posix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            warnings.accept(file + " can be read by others, who could sign cookies with it: chmod 600 it, or delete "
                    + "it for a new one.");
        }
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static byte[] random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }
}
