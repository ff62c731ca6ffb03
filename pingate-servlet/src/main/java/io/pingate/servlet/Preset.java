package io.pingate.servlet;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is known about a program behind the gate: {@code presets.properties}.
 *
 * @param name the program, or empty for one that nothing is known about
 */
record Preset(String name) {
    static final Preset NONE = new Preset("");

    private static final Properties ALL = load();
    private static final Pattern NOT_ASCII = Pattern.compile("\\P{ASCII}+");

    /**
     * Finds the preset of a program, in any case.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Preset named(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!names().contains(name)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names()));
        }
        return new Preset(name);
    }

    static SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        keys().forEach(key -> names.add(key.substring(0, key.indexOf('.'))));
        return names;
    }

    static Set<String> keys() {
        return ALL.stringPropertyNames();
    }

    /** Defaults for settings. */
    SettingsSource settings() {
        return SettingsSource.preset(name, property -> ALL.getProperty(name + "." + property));
    }

    List<String> emailHeaders() {
        return list("headers.email");
    }

    List<String> nameHeaders() {
        return list("headers.name");
    }

    /** Headers in which the program believes whoever sends them, or that it must not see: none come from the client. */
    List<String> ownHeaders() {
        return Stream.of(emailHeaders(), nameHeaders(), list("drop"))
                .flatMap(List::stream)
                .toList();
    }

    /** A setting's value as the program reads it. */
    String spelled(Setting setting, String value) {
        return list("percent-encoded").contains(setting.propertyName())
                ? NOT_ASCII.matcher(value).replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8))
                : value;
    }

    /** What to put into the program's configuration. */
    List<String> lines() {
        return value("lines").lines().toList();
    }

    private List<String> list(String key) {
        return Values.list(value(key));
    }

    private String value(String key) {
        return ALL.getProperty(name + "." + key, "");
    }

    private static Properties load() {
        try {
            Properties all = new Properties();
            all.load(new StringReader(Resource.text("presets.properties")));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
