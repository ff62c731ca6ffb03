package io.pingate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Builds a release from a packaged {@code pingate.jar}: a folder with a Java of its own, its archives, a container image. */
public final class Release {
    private static final String BILL = "pingate.cdx.json";

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
        this.home = target.resolve("pingate-" + version + "-" + Machine.platform());
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
        Checksums.write(published(), target.resolve("SHA256SUMS"));
    }

    /** What is put up for download: for those who have a Java, and for those who need none. */
    private List<Path> published() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        files.add(copied(built("pingate-jetty-standalone", "pingate.jar"), "pingate-" + version + ".jar"));
        files.add(copied(built("pingate-jetty-standalone", BILL), "pingate-" + version + ".cdx.json"));
        files.add(
                copied(built("pingate-servlet", "pingate-servlet-" + version + ".war"), "pingate-" + version + ".war"));
        files.add(copied(built("pingate-redis", "pingate-redis.jar"), "pingate-redis-" + version + ".jar"));
        String name = home.getFileName().toString();
        List<Entry> entries = Entry.below(name, Entry.tree(home, ""));
        Path tar = target.resolve(name + ".tar.gz");
        Archives.tarGz(entries, time, tar);
        Path zip = target.resolve(name + ".zip");
        Archives.zip(entries, time, zip);
        files.addAll(List.of(tar, zip));
        if (Machine.platform().startsWith("linux")) {
            Path image = target.resolve(name + "-image.tar");
            new Image(home, jdk, version, time).write(image);
            Deb deb = new Deb(home, root.resolve("pingate-dist/src/main/deb"), target.resolve("deb"), version, time);
            Path debFile = target.resolve(deb.name());
            deb.write(debFile);
            files.addAll(List.of(image, debFile));
        }
        return files;
    }

    private Path copied(Path file, String name) throws IOException {
        return Files.copy(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path built(String module, String name) {
        return root.resolve(module).resolve("target").resolve(name);
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
        copy(built("pingate-jetty-standalone", "pingate.jar"), "lib/pingate.jar");
        copy(built("pingate-jetty-standalone", BILL), BILL);
        for (String name : List.of("bin/pingate", "bin/pingate.bat", "etc", "systemd", "INSTALL.md")) {
            copy(source(name), name);
        }
        for (String name : List.of("LICENSE", "README.md", "CHANGELOG.md")) {
            copy(root.resolve(name), name);
        }
        for (String name : List.of("THIRD-PARTY.txt", "licenses")) {
            copy(built("pingate-jetty-standalone", "classes/META-INF").resolve(name), name);
        }
        copy(root.resolve("pingate-dist/src/main/fail2ban"), "fail2ban");
        if (!home.resolve("bin/pingate").toFile().setExecutable(true, false)) {
            throw new IOException("bin/pingate can't be made executable");
        }
    }

    private void copy(Path from, String to) throws IOException {
        Path file = home.resolve(to);
        if (Files.isDirectory(from)) {
            Files.createDirectories(file);
            try (Stream<Path> inside = Files.list(from)) {
                for (Path each : inside.toList()) {
                    copy(each, to + "/" + each.getFileName());
                }
            }
            return;
        }
        Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
        // The class archive is held to the jar's time.
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private Path source(String name) {
        return root.resolve("pingate-dist/src/main/dist").resolve(name);
    }
}
