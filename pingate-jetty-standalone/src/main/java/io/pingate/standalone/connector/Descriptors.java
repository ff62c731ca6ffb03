package io.pingate.standalone.connector;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many files and sockets this process may have open, and how many it has; as Linux tells it.
 *
 * @param limit the soft limit of {@code ulimit -n}; {@link Integer#MAX_VALUE} where it isn't known
 */
record Descriptors(int limit) {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final File OPEN = new File("/proc/self/fd");
    private static final String LIMIT = "Max open files";

    static Descriptors ofThisProcess() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return new Descriptors(lines.filter(line -> line.startsWith(LIMIT))
                    .map(line -> line.substring(LIMIT.length()).strip().split(" ", 2)[0])
                    .mapToInt(Descriptors::parse)
                    .findFirst()
                    .orElse(Integer.MAX_VALUE));
        } catch (IOException notLinux) {
            return new Descriptors(Integer.MAX_VALUE);
        }
    }

    private static int parse(String soft) {
        return soft.equals("unlimited") ? Integer.MAX_VALUE : (int) Math.min(Long.parseLong(soft), Integer.MAX_VALUE);
    }

    /** How many more can be opened: none when there isn't even one to count them with. */
    int free() {
        String[] names = OPEN.list();
        return names == null ? 0 : limit - names.length;
    }
}
