package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts a process's calls of the kernel by strace, which slows it down but doesn't change the count by much. */
final class Syscalls implements AutoCloseable {
    private final Path file;
    private final Process strace;

    private Syscalls(Path file, Process strace) {
        this.file = file;
        this.strace = strace;
    }

    static Syscalls of(ProcessHandle process, Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("strace-" + process.pid() + "-" + System.nanoTime());
        List<String> command = List.of("strace", "-f", "-c", "-o", file.toString(), "-p", Long.toString(process.pid()));
        Process strace = Program.start(command, Map.of(), folder.resolve("strace.log"));
        // It says nothing when it has attached to the last thread.
        TimeUnit.SECONDS.sleep(1);
        return new Syscalls(file, strace);
    }

    /** By name, for each of so many requests; those that most requests do without are left out. */
    Map<String, Double> perRequest(double requests) throws IOException {
        Program.stop(strace);
        Map<String, Double> calls = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split(" +", -1);
                if (words.length >= 5 && words[3].matches("\\d+") && Double.parseDouble(words[3]) > requests / 20) {
                    calls.put(words[words.length - 1], Double.parseDouble(words[3]) / requests);
                }
            }
        }
        calls.remove("total");
        return calls;
    }

    @Override
    public void close() {
        Program.stop(strace);
    }
}
