package io.pingate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Builds a release from a packaged {@code pingate.jar}: a folder with a Java of its own, its archives, a container image. */
public final class Release {
    private final Jdk jdk;
    private final Path root;
    private final String version;
    private final Instant time;
    private final Path target;
    private final Path home;

    private Release(Path jdk, Path root, String version, Instant time) throws IOException, InterruptedException {
        this.jdk = Jdk.at(jdk);
        this.root = root;
        this.version = version;
        this.time = time;
        this.target = root.resolve("pingate-dist/target");
        this.home = target.resolve("pingate-" + version + "-" + platform());
    }

    /**
     * Builds it into {@code pingate-dist/target}.
     *
     * @param args the JDK, the repository, the version, the time stamp of all files
     * @throws Exception when that fails
     */
    public static void main(String[] args) throws Exception {
        new Release(Path.of(args[0]), Path.of(args[1]).toRealPath(), args[2], Instant.parse(args[3])).build();
    }

    private void build() throws IOException, InterruptedException {
        layOut();
        jdk.link(home.resolve("lib/pingate.jar"), home.resolve("runtime"));
        Files.write(home.resolve("lib/jvm.options"), jdk.known(Files.readAllLines(source("jvm.options"))));
        Training.run(home, jdk);
        List<Entry> files = Entry.tree(home, "");
        String name = home.getFileName().toString();
        Archives.tarGz(Entry.below(name, files), time, target.resolve(name + ".tar.gz"));
        Archives.zip(Entry.below(name, files), time, target.resolve(name + ".zip"));
        if (platform().startsWith("linux")) {
            new Image(home, jdk, version, time).write(target.resolve(name + "-image.tar"));
        }
    }

    private void layOut() throws IOException {
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        copy(root.resolve("pingate-jetty-standalone/target/pingate.jar"), "lib/pingate.jar");
        copy(source("bin/pingate"), "bin/pingate");
        copy(source("bin/pingate.bat"), "bin/pingate.bat");
        copy(root.resolve("LICENSE"), "LICENSE");
        copy(root.resolve("README.md"), "README.md");
        copy(root.resolve("pingate-jetty-standalone/target/classes/META-INF/THIRD-PARTY.txt"), "THIRD-PARTY.txt");
        if (!home.resolve("bin/pingate").toFile().setExecutable(true, false)) {
            throw new IOException("bin/pingate can't be made executable");
        }
    }

    private void copy(Path from, String to) throws IOException {
        Path file = home.resolve(to);
        Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
        // The class archive is held to the jar's time.
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private Path source(String name) {
        return root.resolve("pingate-dist/src/main/dist").resolve(name);
    }

    /** As releases of Java call it: {@code linux-x64}. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : system;
        String processor = System.getProperty("os.arch");
        return name + "-" + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
    }
}
