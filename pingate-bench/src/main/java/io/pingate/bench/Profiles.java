package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The section that says where the time goes, from the figures of the mode "profile". */
final class Profiles {
    private static final int GROUPS = 9;

    private final Figures figures;

    Profiles(Path folder) throws IOException {
        figures = Figures.read(folder, ProfileMode.NAME);
    }

    void addTo(List<String> lines) {
        if (figures.isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "## Where the rest goes", ""));
        lines.add(
                "Of each gate's CPU time: the part in the kernel and in the JIT compilers; of the samples of Java code (JFR), whose code");
        lines.add(
                "it is, by the uppermost frame outside the JDK; and calls of the kernel for each request, event or message (strace).");
        lines.add("");
        lines.add("| gate and load | kernel | compilers | Java code by package | calls of the kernel |");
        lines.add("|---|---|---|---|---|");
        for (String name : figures.gates()) {
            lines.add("| " + name + " | " + median(name, "kernel") + "% | " + median(name, "compilers") + "% | "
                    + all(name, "code ", "%", GROUPS) + " | " + all(name, "call ", "", GROUPS) + " |");
        }
    }

    private String median(String name, String what) {
        return figures.of(name, what)
                .map(all -> Statistics.number(all.median()))
                .orElse("-");
    }

    private String all(String name, String prefix, String unit, int limit) {
        List<String> words = new ArrayList<>();
        for (String what : figures.names(name)) {
            if (what.startsWith(prefix) && words.size() < limit) {
                words.add(what.substring(prefix.length()).replace("org.eclipse.jetty", "jetty") + " "
                        + median(name, what) + unit);
            }
        }
        return String.join(", ", words);
    }
}
