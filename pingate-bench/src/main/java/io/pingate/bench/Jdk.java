package io.pingate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Java that gates run on.
 *
 * @param home its folder
 * @param feature its number
 * @param version its whole version
 */
record Jdk(Path home, int feature, String version) {
    static Jdk at(Path home) throws IOException {
        for (String line : Files.readAllLines(home.resolve("release"))) {
            if (line.startsWith("JAVA_VERSION=")) {
                String version = line.substring(13).replace("\"", "");
                return new Jdk(home, Integer.parseInt(version.split("[.]", -1)[0]), version);
            }
        }
        throw new IOException("no JAVA_VERSION in " + home.resolve("release"));
    }

    static Jdk running() {
        return new Jdk(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                System.getProperty("java.version"));
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    /** The flags that the release starts Java with; each Java passes over those that it doesn't know, but for what it logs. */
    static List<String> releaseFlags(Path root) throws IOException {
        return Files.readAllLines(root.resolve("pingate-dist/src/main/dist/jvm.options")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("-Xlog"))
                .toList();
    }
}
