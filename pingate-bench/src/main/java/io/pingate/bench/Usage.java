package io.pingate.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children have used, from /proc.
 *
 * @param user CPU seconds in the program itself
 * @param system CPU seconds in the kernel
 * @param compilers those of both that a JVM's compilers have used: none once everything is compiled
 */
record Usage(double user, double system, double compilers) {
    private static final double TICKS_PER_SECOND = 100;

    static Usage of(ProcessHandle process) throws IOException {
        Usage sum = new Usage(0, 0, 0);
        for (ProcessHandle one : tree(process)) {
            Path folder = Path.of("/proc/" + one.pid());
            Usage whole = of(folder.resolve("stat"));
            sum = new Usage(sum.user + whole.user, sum.system + whole.system, sum.compilers + compilers(folder));
        }
        return sum;
    }

    private static Usage of(Path file) throws IOException {
        String stat = Files.readString(file);
        // The name in brackets may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Usage(ticks(fields[11]), ticks(fields[12]), 0);
    }

    private static double ticks(String text) {
        return Long.parseLong(text) / TICKS_PER_SECOND;
    }

    private static double compilers(Path process) throws IOException {
        double seconds = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*")) {
                    seconds += of(thread.resolve("stat")).seconds();
                }
            }
        } catch (NoSuchFileException ended) {
            // A thread that ends while it is looked at has compiled its last.
        }
        return seconds;
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
        // A compiler's thread that has ended takes its time along.
        double compiled = Math.max(0, compilers - earlier.compilers);
        return new Usage(user - earlier.user, system - earlier.system, compiled);
    }

    double seconds() {
        return user + system;
    }

    private static List<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }
}
