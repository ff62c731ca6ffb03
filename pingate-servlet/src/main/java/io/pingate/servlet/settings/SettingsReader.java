package io.pingate.servlet.settings;

import io.pingate.http.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks settings up by precedence, and gathers what is wrong with them, so that all faults are told at once. A setting
 * that can't be used reads as its default until {@link #finish()} throws.
 */
public final class SettingsReader {
    private final List<SettingsSource> sources;
    private final Map<Setting, String> faults = new EnumMap<>(Setting.class);
    private final List<String> warnings = new ArrayList<>();

    /**
     * The first source that has a setting wins; the file that PINGATE_CONFIG names comes after all of them.
     */
    public SettingsReader(List<SettingsSource> sources) {
        this.sources = new ArrayList<>(sources);
        optional(Setting.CONFIG, SettingsReader::file).ifPresent(this.sources::add);
        unknown().forEach(name -> warn("Something is set for nothing: " + name.told() + "."));
    }

    /** Adds defaults, which come after everything that was written. */
    public void addDefaults(SettingsSource defaults) {
        sources.add(defaults);
    }

    public boolean isGiven(Setting setting) {
        return sources.stream().anyMatch(source -> source.value(setting) != null);
    }

    /** What was written, or the default. */
    public <T> T required(Setting setting, Function<String, T> parse) {
        return optional(setting, parse).orElseGet(() -> {
            String value = setting.defaultValue();
            if (value == null) {
                throw new IllegalStateException(setting + " has no default");
            }
            return parse.apply(value);
        });
    }

    /** What was written, if anything was, and if it can be used. */
    public <T> Optional<T> optional(Setting setting, Function<String, T> parse) {
        for (SettingsSource source : sources) {
            String value = source.value(setting);
            if (value != null) {
                return parse(setting, source.name(setting), setting.secret() ? value : value.strip(), parse);
            }
        }
        return Optional.empty();
    }

    /** Which of these was written; a fault when it is more than one. */
    public Optional<Setting> oneOf(Setting... alternatives) {
        List<Setting> given = Arrays.stream(alternatives).filter(this::isGiven).toList();
        if (given.size() > 1) {
            String names = given.stream().map(Setting::environmentName).collect(Collectors.joining(" and "));
            fault(given.get(0), names + " are given at once; write one of them");
        }
        return given.stream().findFirst();
    }

    /** A secret that stands in one setting, or in the file that another one names. */
    public <T> Optional<T> secret(Setting inline, Setting inFile, Function<String, T> parse) {
        return oneOf(inline, inFile)
                .flatMap(setting ->
                        optional(setting, text -> parse.apply(setting == inFile ? Values.fileText(text) : text)));
    }

    public void fault(Setting setting, String rule) {
        faults.putIfAbsent(setting, setting.environmentName() + ": " + rule);
    }

    public boolean isFaulty(Setting setting) {
        return faults.containsKey(setting);
    }

    public void warn(String line) {
        warnings.add(line);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Throws when there were faults; what was nearly the name of a setting is then told too, as it may be the cause. */
    public void finish() {
        if (!faults.isEmpty()) {
            throw new SettingsException(Stream.concat(
                            faults.values().stream(),
                            unknown().filter(name -> name.near().isPresent()).map(UnknownName::told))
                    .toList());
        }
    }

    private Stream<UnknownName> unknown() {
        return sources.stream().flatMap(source -> source.unknown().stream());
    }

    private <T> Optional<T> parse(Setting setting, String name, String value, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(Values.known(value)));
        } catch (IllegalArgumentException e) {
            // The core calls a value by its parameter's name, which says nothing to whoever wrote the setting.
            String rule = e instanceof InvalidValueException invalid ? invalid.rule() : String.valueOf(e.getMessage());
            faults.putIfAbsent(setting, name + ": " + rule);
            return Optional.empty();
        }
    }

    private static SettingsSource file(String name) {
        try {
            return SettingsSource.file(Values.path(name));
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read the file " + name + "; name a readable properties file", e);
        }
    }
}
