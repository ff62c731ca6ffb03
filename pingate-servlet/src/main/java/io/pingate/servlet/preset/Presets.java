package io.pingate.servlet.preset;

import io.pingate.http.syntax.CommaList;
import io.pingate.servlet.settings.AppDefaults;
import io.pingate.servlet.settings.SettingsSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is known about programs behind the gate: {@code presets.properties}. */
public final class Presets {
    private static final String FILE = "presets.properties";
    private static final Properties ALL = load();

    private Presets() {}

    /**
     * Finds the preset of a program, in any case.
     *
     * @param text the program's name
     * @return what is known about it
     * @throws IllegalArgumentException when there is none
     */
    public static AppDefaults named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!names().contains(name)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names()));
        }
        List<String> email = list(name, "headers.email");
        List<String> names = list(name, "headers.name");
        return new AppDefaults(
                SettingsSource.preset(name, property -> ALL.getProperty(name + "." + property)),
                email,
                names,
                Stream.of(email, names, list(name, "drop"))
                        .flatMap(List::stream)
                        .toList(),
                list(name, "percent-encoded"),
                value(name, "lines").lines().toList());
    }

    static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        keys().forEach(key -> names.add(key.substring(0, key.indexOf('.'))));
        return names;
    }

    static Set<String> keys() {
        return ALL.stringPropertyNames();
    }

    private static List<String> list(String name, String key) {
        return CommaList.of(value(name, key));
    }

    private static String value(String name, String key) {
        return ALL.getProperty(name + "." + key, "");
    }

    private static Properties load() {
        try (InputStream in = Presets.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + FILE);
            }
            Properties all = new Properties();
            all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
