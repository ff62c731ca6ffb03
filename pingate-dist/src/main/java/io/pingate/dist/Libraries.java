package io.pingate.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a linked Java needs of the machine that it runs on. */
final class Libraries {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.([0-9]{1,3})[^0-9]");

    /** Debian's packages, by the beginning of a library's name; what belongs to the C library's own is named with that. */
    private static final Map<String, String> PACKAGES =
            Map.of("libz.", "zlib1g", "libgcc_s.", "libgcc-s1", "libstdc++.", "libstdc++6");

    private static final Pattern C_LIBRARY =
            Pattern.compile("(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv))\\.so\\..*");

    private Libraries() {}

    /** The building machine's, of all that the release's Java is linked with. */
    static Set<Path> of(Path release) throws IOException, InterruptedException {
        Set<Path> libraries = new TreeSet<>();
        for (Path binary : binaries(release)) {
            Matcher library = LIBRARY.matcher(Jdk.run(Path.of("/usr/bin/ldd"), binary.toString()));
            while (library.find()) {
                Path path = Path.of(library.group(1)).normalize();
                if (!path.startsWith(release)) {
                    libraries.add(path);
                }
            }
        }
        return libraries;
    }

    /** Debian's packages that hold them, as a field {@code Depends} names them. */
    static String packages(Path release) throws IOException, InterruptedException {
        Set<String> packages = new TreeSet<>(Set.of("libc6 (>= " + glibc(release) + ")"));
        for (Path library : of(release)) {
            String name = library.getFileName().toString();
            if (!C_LIBRARY.matcher(name).matches()) {
                packages.add(PACKAGES.entrySet().stream()
                        .filter(known -> name.startsWith(known.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new IOException("no package is known that holds " + library)));
            }
        }
        return String.join(", ", packages);
    }

    /** The oldest that has each symbol that is asked for: as the linker does, by the names of versions in the binaries. */
    private static String glibc(Path release) throws IOException {
        int newest = 0;
        for (Path binary : binaries(release)) {
            Matcher version = GLIBC.matcher(Files.readString(binary, StandardCharsets.ISO_8859_1));
            while (version.find()) {
                newest = Math.max(newest, Integer.parseInt(version.group(1)));
            }
        }
        return "2." + newest;
    }

    private static List<Path> binaries(Path release) throws IOException {
        try (Stream<Path> files = Files.walk(release.resolve("runtime"))) {
            return files.filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
                    .toList();
        }
    }
}
