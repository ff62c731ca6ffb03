package io.pingate.dist;

import java.util.Locale;

/** What this machine is called, on which the release is built and for whose like it is. */
final class Machine {
    private static final String PROCESSOR = System.getProperty("os.arch");

    private Machine() {}

    /** As releases of Java call it: {@code linux-x64}. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : system;
        return name + "-" + (PROCESSOR.equals("amd64") || PROCESSOR.equals("x86_64") ? "x64" : PROCESSOR);
    }

    /** As Debian and container images call its processor: {@code amd64}, {@code arm64}. */
    static String architecture() {
        return PROCESSOR.equals("aarch64") ? "arm64" : PROCESSOR;
    }
}
