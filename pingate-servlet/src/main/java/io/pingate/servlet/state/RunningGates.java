package io.pingate.servlet.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds gates that run, by the files that they hold. */
final class RunningGates {
    private static final Pattern MARK = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18})(?: ([0-9]{1,18}))?\n");
    private static final Pattern HELD = Pattern.compile("(/.*)/" + Presence.FOLDER + "/[^/]+\\" + Presence.SUFFIX);

    private RunningGates() {}

    /**
     * A gate that runs.
     *
     * @param process its process, by number
     * @param epoch what it goes by
     * @param revision the list of what was revoked that it goes by, 0 for none
     */
    record Gate(long process, long epoch, long revision) {}

    /**
     * The gates that use a state folder. What a dead one has left there is removed. For a program that is no gate itself.
     */
    static List<Gate> with(StateFolder state) throws IOException {
        List<Gate> gates = new ArrayList<>();
        for (Path file : list(state.path().resolve(Presence.FOLDER))) {
            if (file.toString().endsWith(Presence.SUFFIX) && isHeld(file)) {
                read(file).ifPresent(gates::add);
            }
        }
        return gates;
    }

    /** Removes what gates have left there that were killed. A gate may do so: its own files are not looked at. */
    static void forgetDead(StateFolder state) throws IOException {
        for (Path file : list(state.path().resolve(Presence.FOLDER))) {
            String name = file.getFileName().toString();
            if (name.endsWith(Presence.SUFFIX) && !name.startsWith(Presence.OWN)) {
                var unused = isHeld(file);
            }
        }
    }

    /** Who holds it is asked of the system; a channel opened in a gate's own process would end that gate's lock. */
    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock(Presence.LOCKED_BYTE, 1, false);
            if (lock != null) {
                Files.deleteIfExists(file);
            }
            return lock == null;
        } catch (OverlappingFileLockException thisProcess) {
            return true;
        } catch (NoSuchFileException justStopped) {
            return false;
        }
    }

    private static Optional<Gate> read(Path file) throws IOException {
        try {
            Matcher mark = MARK.matcher(Files.readString(file));
            return mark.matches()
                    ? Optional.of(new Gate(number(mark.group(1)), number(mark.group(2)), number(mark.group(3))))
                    : Optional.empty();
        } catch (NoSuchFileException justStopped) {
            return Optional.empty();
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /**
     * The state folders of all gates that this user may know of, by their processes; on Linux, which lists the files that
     * a process has open. Elsewhere none are found.
     */
    static Map<Long, Path> everywhere() {
        Map<Long, Path> folders = new TreeMap<>();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                for (Path link : list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                    Matcher held = HELD.matcher(Files.readSymbolicLink(link).toString());
                    if (held.matches()) {
                        folders.put(process.pid(), Path.of(held.group(1)));
                    }
                }
            } catch (IOException anotherUsers) {
                // Or one that has just ended.
            }
        });
        return folders;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }
}
