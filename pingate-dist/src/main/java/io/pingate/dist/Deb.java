package io.pingate.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** A package for Debian, Ubuntu and their like, of the same files; written here, so that no tool of theirs need be there. */
final class Deb {
    private static final String HOME = "usr/lib/pingate";
    private static final String DOCUMENTS = "usr/share/doc/pingate";
    private static final String CONFIGURATION = "etc/pingate/pingate.conf";
    private static final String MANUAL = "usr/share/man/man1/pingate.1.gz";
    private static final String OVERRIDES = "usr/share/lintian/overrides/pingate";
    private static final int PRIVATE = 0640;
    private static final int KIBIBYTE = 1024;

    private final Path release;
    private final Path scripts;
    private final Path work;
    private final String version;
    private final Instant time;

    Deb(Path release, Path scripts, Path work, String version, Instant time) {
        this.release = release;
        this.scripts = scripts;
        this.work = work;
        // A snapshot is older than its release.
        this.version = version.replace('-', '~');
        this.time = time;
    }

    /** As its users look for it. */
    String name() {
        return "pingate_" + version + "_" + Machine.architecture() + ".deb";
    }

    void write(Path file) throws IOException, InterruptedException {
        Map<String, Entry> data = data();
        try (OutputStream out = Files.newOutputStream(file);
                ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar.gz", tarGz(control(data)));
            member(ar, "data.tar.gz", tarGz(data));
        }
    }

    private void member(ArArchiveOutputStream ar, String name, byte[] bytes) throws IOException {
        int plainFile = 0100644;
        ar.putArchiveEntry(new ArArchiveEntry(name, bytes.length, 0, 0, plainFile, time.getEpochSecond()));
        ar.write(bytes);
        ar.closeArchiveEntry();
    }

    private byte[] tarGz(Map<String, Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GzipCompressorOutputStream(bytes, gzip())) {
            Archives.tar(Entry.below(".", new ArrayList<>(entries.values())), time, gzip);
        }
        return bytes.toByteArray();
    }

    private static GzipParameters gzip() {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(9);
        return parameters;
    }

    private Map<String, Entry> control(Map<String, Entry> data) throws IOException, InterruptedException {
        long bytes = 0;
        StringBuilder sums = new StringBuilder();
        StringBuilder configuration = new StringBuilder();
        for (Entry entry : data.values()) {
            if (entry.kind() == Entry.Kind.FILE) {
                bytes += entry.bytes().length;
                if (entry.name().startsWith("etc/")) {
                    configuration.append("/" + entry.name() + "\n");
                } else {
                    sums.append(Checksums.md5(entry.bytes()) + "  " + entry.name() + "\n");
                }
            }
        }
        String control = Files.readString(scripts.resolve("control"))
                .replace("@VERSION@", version)
                .replace("@ARCHITECTURE@", Machine.architecture())
                .replace("@SIZE@", "" + (bytes + KIBIBYTE - 1) / KIBIBYTE)
                .replace("@LIBRARIES@", Libraries.packages(release));
        Map<String, Entry> entries = new TreeMap<>();
        put(entries, Entry.text("control", control));
        put(entries, Entry.text("md5sums", sums.toString()));
        put(entries, Entry.text("conffiles", configuration.toString()));
        for (String script : List.of("postinst", "prerm", "postrm")) {
            put(entries, Entry.file(script, scripts.resolve(script), true));
        }
        return entries;
    }

    private Map<String, Entry> data() throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        for (Entry entry : Entry.tree(release, HOME + "/")) {
            if (Set.of("bin", "lib", "runtime").contains(entry.firstBelow(HOME))
                    && !entry.name().endsWith(".bat")) {
                put(entries, entry);
            }
        }
        put(entries, Entry.link("usr/bin/pingate", "../lib/pingate/bin/pingate"));
        put(entries, Entry.text("lib/systemd/system/pingate.service", unit()));
        put(
                entries,
                Entry.file(CONFIGURATION, release.resolve("etc/pingate.conf"), false)
                        .withMode(PRIVATE));
        // Without fail2ban they lie there and do no harm: the jail is switched off.
        for (Entry entry : Entry.tree(release.resolve("fail2ban"), "etc/fail2ban/")) {
            put(entries, entry);
        }
        documents(entries);
        Entry.addFolders(entries);
        return entries;
    }

    private void documents(Map<String, Entry> entries) throws IOException {
        put(entries, Entry.text(DOCUMENTS + "/copyright", copyright()));
        put(entries, packed(DOCUMENTS + "/changelog.gz", changelog()));
        put(entries, packed(DOCUMENTS + "/README.md.gz", Files.readString(release.resolve("README.md"))));
        put(entries, packed(MANUAL, Files.readString(scripts.resolve("pingate.1"))));
        put(entries, Entry.file(OVERRIDES, scripts.resolve("lintian-overrides"), false));
        put(entries, Entry.file(DOCUMENTS + "/pingate.cdx.json", release.resolve("pingate.cdx.json"), false));
        for (Entry entry : Entry.tree(release.resolve("licenses"), DOCUMENTS + "/licenses/")) {
            put(entries, entry);
        }
    }

    private String unit() throws IOException {
        return Files.readString(release.resolve("systemd/pingate.service")).replace("/opt/pingate", "/" + HOME);
    }

    private String copyright() throws IOException {
        return Files.readString(release.resolve("LICENSE"))
                + "\n"
                + Files.readString(release.resolve("THIRD-PARTY.txt"))
                        .replace("META-INF/licenses", "licenses beside this file")
                + "\nJava's own are in /" + HOME + "/runtime/legal. Debian has the texts of the Apache License 2.0"
                + " and of the\nGNU General Public License 2 in /usr/share/common-licenses/Apache-2.0 and GPL-2.\n";
    }

    private String changelog() {
        return """
                pingate (%s) stable; urgency=medium

                  * What has changed is told on https://github.com/pingate/pingate/releases

                 -- The pingate developers <pingate@users.noreply.github.com>  %s
                """.formatted(
                        version,
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .format(time.atOffset(ZoneOffset.UTC))
                                .replace("GMT", "+0000"));
    }

    private Entry packed(String name, String text) throws IOException {
        Path file = Files.createDirectories(work).resolve(Path.of(name).getFileName());
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream gzip = new GzipCompressorOutputStream(out, gzip())) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Entry.file(name, file, false);
    }

    private static void put(Map<String, Entry> entries, Entry entry) {
        entries.put(entry.name(), entry);
    }
}
