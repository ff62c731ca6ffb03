package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the figures were taken on. */
final class Machine {
    private Machine() {}

    static String load() throws IOException {
        return String.join(
                " ",
                List.of(Files.readString(Path.of("/proc/loadavg")).split(" ", -1))
                        .subList(0, 3));
    }

    static String commit() {
        return said("git", "describe", "--always", "--dirty");
    }

    static String text(Options options) throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.replaceFirst(".*: ", ""))
                .orElse("unknown processor");
        String jdks = options.jdks().stream().map(Jdk::version).collect(Collectors.joining(", "));
        return Runtime.getRuntime().availableProcessors() + " cores (" + model + "), Linux "
                + System.getProperty("os.version") + ", JDK " + jdks + "; " + versions();
    }

    private static String versions() {
        return said("nginx", "-v").replaceFirst(".*/", "nginx ") + ", "
                + said("haproxy", "-v").replaceFirst("version ", "").replaceFirst(" \\d{4}/.*", "") + ", Caddy "
                + said("caddy", "version") + ", " + said("wrk", "-v").replaceFirst(" \\[.*", "");
    }

    private static String said(String... command) {
        try {
            return Program.output(command).lines().findFirst().orElse("none");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
