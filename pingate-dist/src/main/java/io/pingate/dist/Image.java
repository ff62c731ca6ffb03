package io.pingate.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A container image from nothing: the release, the C library that its Java needs, and no shell. It is written as
 * {@code docker save} writes one, since only that form has a health check that both Docker and Podman heed: OCI's has none.
 */
final class Image {
    private static final int USER = 10_001;
    private static final int OPEN_TO_ALL = 01777;
    private static final int FOLDER = 0755;
    private static final int PRIVATE = 0700;
    private static final String HOME = "opt/pingate";
    private static final String JAVA = "/" + HOME + "/runtime/bin/java";
    /** What stands in it is the command line, but for the words of the user. */
    private static final String COMMAND = "pingate";

    /** Of the release: what a container has no use for. */
    private static final Set<String> FOR_MACHINES =
            Set.of("bin", "etc", "systemd", "fail2ban", "INSTALL.md", "CHANGELOG.md");

    /** Of the libraries that are taken along, where Debian keeps them; the C library's is the LGPL. */
    private static final List<String> LICENCES =
            List.of("usr/share/doc/libc6/copyright", "usr/share/doc/zlib1g/copyright");

    private final Path release;
    private final Jdk jdk;
    private final String version;
    private final Instant time;

    Image(Path release, Jdk jdk, String version, Instant time) {
        this.release = release;
        this.jdk = jdk;
        this.version = version;
        this.time = time;
    }

    void write(Path file) throws IOException, InterruptedException {
        Path layer = Files.createTempFile("layer", ".tar");
        try {
            try (OutputStream out = Files.newOutputStream(layer)) {
                Archives.tar(entries(), time, out);
            }
            String layerId = Checksums.sha256(Files.readAllBytes(layer));
            String config = config(layerId);
            String configId = Checksums.sha256(config.getBytes(StandardCharsets.UTF_8));
            String manifest = "[{\"Config\":\"%s.json\",\"RepoTags\":[\"pingate:%s\"],\"Layers\":[\"%s.tar\"]}]%n"
                    .formatted(configId, version, layerId);
            // Not packed: Podman takes a packed one for none.
            try (OutputStream out = Files.newOutputStream(file)) {
                Archives.tar(
                        List.of(
                                Entry.text(configId + ".json", config),
                                Entry.file(layerId + ".tar", layer, false),
                                Entry.text("manifest.json", manifest)),
                        time,
                        out);
            }
        } finally {
            Files.delete(layer);
        }
    }

    private List<Entry> entries() throws IOException, InterruptedException {
        Map<String, Entry> all = new TreeMap<>();
        for (Entry entry : Entry.tree(release, HOME + "/")) {
            if (!FOR_MACHINES.contains(entry.firstBelow(HOME))) {
                all.put(entry.name(), entry);
            }
        }
        for (Path library : Libraries.of(release)) {
            String name = library.toString().substring(1);
            all.put(name, Entry.file(name, library.toRealPath(), true));
        }
        for (String licence : LICENCES) {
            Path there = Path.of("/" + licence);
            if (Files.exists(there)) {
                all.put(licence, Entry.file(licence, there, false));
            }
        }
        for (Entry entry : List.of(
                Entry.text(COMMAND, command()),
                Entry.text("etc/passwd", "root:x:0:0::/:\npingate:x:%1$d:%1$d::/var/lib/pingate:\n".formatted(USER)),
                Entry.text("etc/group", "root:x:0:\npingate:x:%d:\n".formatted(USER)),
                Entry.text("etc/nsswitch.conf", "hosts: files dns\n"),
                // For what an engine mounts there, on a root that is read-only too.
                Entry.folder("proc", FOLDER, 0),
                Entry.folder("sys", FOLDER, 0),
                Entry.folder("dev", FOLDER, 0),
                Entry.folder("tmp", OPEN_TO_ALL, 0),
                Entry.folder("var/lib/pingate", PRIVATE, USER))) {
            all.put(entry.name(), entry);
        }
        Entry.addFolders(all);
        return new ArrayList<>(all.values());
    }

    private String command() throws IOException {
        List<String> words = new ArrayList<>(Files.readAllLines(release.resolve("lib/jvm.options")));
        words.add("-Dio.pingate.archive=true");
        // Before 25, Java wants the jar by the path that it had when the archive was made; the working folder sees to
        // that.
        words.add(
                jdk.hasCache()
                        ? "-XX:AOTCache=/" + HOME + "/lib/pingate.aot"
                        : "-XX:SharedArchiveFile=lib/pingate.jsa");
        words.add("-cp " + (jdk.hasCache() ? "/" + HOME + "/" : "") + "lib/pingate.jar");
        words.add("io.pingate.standalone.Main");
        return String.join("\n", words) + "\n";
    }

    private String config(String layerId) {
        return """
                {"architecture":"%1$s","os":"linux","created":"%2$s",
                "config":{"User":"%3$d:%3$d","WorkingDir":"/%4$s",
                "Env":["PATH=/%4$s/runtime/bin","PINGATE_HOST=0.0.0.0","PINGATE_STATE_DIR=/var/lib/pingate","MALLOC_ARENA_MAX=2"],
                "Entrypoint":["%5$s","@/%6$s"],
                "ExposedPorts":{"3060/tcp":{}},
                "Volumes":{"/var/lib/pingate":{}},
                "Healthcheck":{"Test":["CMD","%5$s","@/%6$s","health"],"Interval":30000000000,"Timeout":5000000000,\
                "StartPeriod":10000000000,"Retries":3},
                "StopSignal":"SIGTERM",
                "Labels":{"org.opencontainers.image.title":"pingate","org.opencontainers.image.version":"%7$s",
                "org.opencontainers.image.description":"One PIN in front of a local web tool",
                "org.opencontainers.image.licenses":"MIT","org.opencontainers.image.created":"%2$s"}},
                "rootfs":{"type":"layers","diff_ids":["sha256:%8$s"]},
                "history":[{"created":"%2$s","created_by":"pingate-dist"}]}
                """.formatted(Machine.architecture(), time, USER, HOME, JAVA, COMMAND, version, layerId);
    }
}
