package io.pingate.servlet.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place where settings are written: it has its own spelling of their names. An empty value counts as none, since
 * compose files write {@code PINGATE_SECRET=} for a setting that isn't there.
 */
public final class SettingsSource {
    private final Function<Setting, String> spelling;
    private final Function<String, @Nullable String> values;
    private final String where;
    /** What is written here, as far as that can be told. */
    private final Collection<String> names;

    private SettingsSource(
            Function<Setting, String> spelling, Function<String, @Nullable String> values, String where) {
        this(spelling, values, where, List.of());
    }

    private SettingsSource(
            Function<Setting, String> spelling,
            Function<String, @Nullable String> values,
            String where,
            Collection<String> names) {
        this.spelling = spelling;
        this.values = values;
        this.where = where;
        this.names = names;
    }

    /**
     * Command-line flags.
     *
     * @param values the value of a flag such as {@code --upstream-timeout}, or null
     * @return a source in which secrets are never looked for
     */
    public static SettingsSource flags(Function<String, @Nullable String> values) {
        Set<String> open = Arrays.stream(Setting.values())
                .filter(setting -> !setting.secret())
                .map(Setting::flag)
                .collect(Collectors.toSet());
        return new SettingsSource(Setting::flag, flag -> open.contains(flag) ? values.apply(flag) : null, "");
    }

    /**
     * Init-parameters of the filter or the servlet.
     *
     * @param values the value of a parameter such as {@code upstreamTimeout}, or null
     * @return the source
     */
    public static SettingsSource initParameters(Function<String, @Nullable String> values) {
        return new SettingsSource(Setting::initParameter, values, " as an init-parameter");
    }

    /**
     * Parameters of the whole webapp, under their property names since they are shared with others.
     *
     * @param values the value of a parameter such as {@code pingate.upstream.timeout}, or null
     * @return the source
     */
    public static SettingsSource contextParameters(Function<String, @Nullable String> values) {
        return new SettingsSource(Setting::propertyName, values, " as a context parameter");
    }

    /**
     * The system properties of this process.
     *
     * @return the source
     */
    public static SettingsSource systemProperties() {
        return systemProperties(System::getProperty).with(System.getProperties().stringPropertyNames());
    }

    /**
     * System properties.
     *
     * @param values the value of a property such as {@code pingate.upstream.timeout}, or null
     * @return the source
     */
    public static SettingsSource systemProperties(Function<String, @Nullable String> values) {
        return new SettingsSource(Setting::propertyName, values, " as a system property");
    }

    /**
     * The environment of this process, read as UTF-8 whatever the locale.
     *
     * @return the source
     */
    public static SettingsSource environment() {
        return environment(Environment.ofThisProcess());
    }

    public static SettingsSource environment(Map<String, String> variables) {
        return environment(variables::get).with(variables.keySet());
    }

    /**
     * A place of an embedder's own, with a spelling of its own.
     *
     * @param spelling what a setting is called there
     * @param values the value of a name, or null
     * @return the source
     */
    public static SettingsSource of(Function<Setting, String> spelling, Function<String, @Nullable String> values) {
        return new SettingsSource(spelling, values, "");
    }

    /**
     * Environment variables.
     *
     * @param values the value of a variable such as {@code PINGATE_UPSTREAM_TIMEOUT}, or null
     * @return the source
     */
    public static SettingsSource environment(Function<String, @Nullable String> values) {
        return new SettingsSource(Setting::environmentName, values, "");
    }

    /**
     * A properties file in UTF-8.
     *
     * @param file the file
     * @return the source
     * @throws IOException when the file can't be read
     * @throws IllegalArgumentException when it isn't a properties file in UTF-8, or holds a name that is no setting
     */
    static SettingsSource file(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8 text; save it as UTF-8", e);
        }
        List<String> unknown = properties.stringPropertyNames().stream()
                .filter(name -> Arrays.stream(Setting.values())
                        .noneMatch(setting -> setting != Setting.CONFIG
                                && setting.propertyName().equals(name)))
                .sorted()
                .map(name -> UnknownName.of(name, Setting::propertyName).told())
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", unknown));
        }
        return new SettingsSource(Setting::propertyName, properties::getProperty, " in " + file);
    }

    /** What was written at an earlier moment. */
    static SettingsSource kept(Map<Setting, String> texts) {
        Map<String, String> named = new HashMap<>();
        // The file that it names has been read.
        texts.forEach((setting, text) -> {
            if (setting != Setting.CONFIG) {
                named.put(setting.environmentName(), text);
            }
        });
        return environment(named::get);
    }

    /** Defaults for a program behind the gate, which come after all that the user has written. */
    public static SettingsSource preset(String app, Function<String, @Nullable String> values) {
        return new SettingsSource(Setting::propertyName, values, " in the preset " + app);
    }

    /** The same source, with the names of all that is written there. */
    public SettingsSource with(Collection<String> allNames) {
        return new SettingsSource(spelling, values, where, allNames);
    }

    /** Names here that were meant to be settings. */
    List<UnknownName> unknown() {
        return UnknownName.among(names, spelling);
    }

    /** What is written here for a setting; null when nothing is. */
    @Nullable
    String value(Setting setting) {
        String value = values.apply(spelling.apply(setting));
        return value == null || value.isEmpty() ? null : value;
    }

    /** The setting as its user knows it: the name that docs use, and the one that stands here where it differs. */
    String name(Setting setting) {
        String here = spelling.apply(setting) + where;
        return here.equals(setting.environmentName()) ? here : setting.environmentName() + " (" + here + ")";
    }
}
