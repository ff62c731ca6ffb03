package io.pingate.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file, a folder or a link in an archive.
 *
 * @param name its path there, without a slash at either end
 * @param kind what it is
 * @param source the file that holds its bytes
 * @param text the bytes themselves where no file holds them; where a link leads
 * @param mode who may do what with it
 * @param owner user and group, by number
 */
record Entry(String name, Kind kind, Path source, String text, int mode, int owner) {
    enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    private static final Path NONE = Path.of("");
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    static Entry folder(String name, int mode, int owner) {
        return new Entry(name, Kind.FOLDER, NONE, "", mode, owner);
    }

    static Entry text(String name, String text) {
        return new Entry(name, Kind.FILE, NONE, text, PLAIN, 0);
    }

    static Entry file(String name, Path source, boolean executable) {
        return new Entry(name, Kind.FILE, source, "", executable ? EXECUTABLE : PLAIN, 0);
    }

    static Entry link(String name, String where) {
        return new Entry(name, Kind.LINK, NONE, where, EXECUTABLE, 0);
    }

    Entry withMode(int given) {
        return new Entry(name, kind, source, text, given, owner);
    }

    /** What a file holds. */
    byte[] bytes() throws IOException {
        return isText() ? text.getBytes(StandardCharsets.UTF_8) : Files.readAllBytes(source);
    }

    boolean isText() {
        return source.equals(NONE);
    }

    /** The first part of its path below a folder. */
    String firstBelow(String folder) {
        return name.substring(folder.length() + 1).split("/", 2)[0];
    }

    /** All below a folder, in the order of their names. */
    static List<Entry> tree(Path folder, String prefix) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> !file.equals(folder)).toList()) {
                String name = prefix + folder.relativize(file).toString().replace('\\', '/');
                if (Files.isSymbolicLink(file)) {
                    entries.add(link(name, Files.readSymbolicLink(file).toString()));
                } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    entries.add(folder(name, EXECUTABLE, 0));
                } else {
                    entries.add(file(name, file, Files.isExecutable(file)));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    /** Adds the folders in which entries lie, where they aren't named. */
    static void addFolders(Map<String, Entry> entries) {
        for (String name : List.copyOf(entries.keySet())) {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                String folder = name.substring(0, slash);
                entries.putIfAbsent(folder, folder(folder, EXECUTABLE, 0));
            }
        }
    }

    /** The same in a folder of that name. */
    static List<Entry> below(String name, List<Entry> entries) {
        List<Entry> all = new ArrayList<>(List.of(folder(name, EXECUTABLE, 0)));
        for (Entry entry : entries) {
            all.add(new Entry(name + "/" + entry.name, entry.kind, entry.source, entry.text, entry.mode, entry.owner));
        }
        return all;
    }
}
