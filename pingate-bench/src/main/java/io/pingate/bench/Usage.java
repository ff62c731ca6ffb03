package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children have used, from /proc.
 *
 * @param user CPU seconds in the program itself
 * @param system CPU seconds in the kernel
 */
record Usage(double user, double system) {
    private static final double TICKS_PER_SECOND = 100;

    static Usage of(ProcessHandle process) throws IOException {
        double user = 0;
        double system = 0;
        for (ProcessHandle one : tree(process)) {
            String stat = Files.readString(Path.of("/proc/" + one.pid() + "/stat"));
            // The name in brackets may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            user += Long.parseLong(fields[11]) / TICKS_PER_SECOND;
            system += Long.parseLong(fields[12]) / TICKS_PER_SECOND;
        }
        return new Usage(user, system);
    }

    static double residentMegabytes(ProcessHandle process) throws IOException {
        double kilobytes = 0;
        for (ProcessHandle one : tree(process)) {
            for (String line : Files.readAllLines(Path.of("/proc/" + one.pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    kilobytes += Double.parseDouble(line.replaceAll("\\D", ""));
                }
            }
        }
        return kilobytes / 1000;
    }

    Usage since(Usage earlier) {
        return new Usage(user - earlier.user, system - earlier.system);
    }

    double seconds() {
        return user + system;
    }

    private static List<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }
}
