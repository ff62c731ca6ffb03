package io.pingate.servlet.settings;

import io.pingate.http.InvalidValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks settings up by precedence, and gathers what is wrong with them, so that all faults are told at once. A setting
 * that can't be used reads as its default until {@link #finish()} throws.
 */
public final class SettingsReader {
    private final List<SettingsSource> sources;
    private final Set<Setting> held;
    private final Snapshot before;
    private final Map<Setting, FileContents> contents = new EnumMap<>(Setting.class);
    private final Map<Setting, String> faults = new EnumMap<>(Setting.class);
    private final List<String> warnings = new ArrayList<>();

    /**
     * The first source that has a setting wins; the file that PINGATE_CONFIG names comes after all of them.
     */
    public SettingsReader(List<SettingsSource> sources) {
        this(sources, EnumSet.noneOf(Setting.class), new Snapshot(Map.of(), Map.of()));
    }

    /**
     * Looks again, but for some settings at which nobody is to look.
     *
     * @param sources where to look, the first to have a setting wins
     * @param held the settings that stay what they were, whatever is written now
     * @param before what they were
     */
    public SettingsReader(List<SettingsSource> sources, Set<Setting> held, Snapshot before) {
        this.sources = new ArrayList<>(sources);
        this.held = EnumSet.noneOf(Setting.class);
        this.held.addAll(held);
        this.before = before;
        // Named by what can't be read again, and so the same as before.
        this.held.remove(Setting.CONFIG);
        optional(Setting.CONFIG, SettingsReader::file).ifPresent(this.sources::add);
        unknown().forEach(name -> warn("Something is set for nothing: " + name.told() + "."));
    }

    /** Adds defaults, which come after everything that was written. */
    public void addDefaults(SettingsSource defaults) {
        sources.add(defaults);
    }

    public boolean isGiven(Setting setting) {
        return find(setting).isPresent();
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
        return find(setting).flatMap(found -> parse(setting, found, parse));
    }

    /** What stands in the file that was written, if one was, and if it can be used. */
    public <T> Optional<T> file(Setting setting, int maxBytes, Function<FileContents, T> parse) {
        return optional(setting, path -> parse.apply(contents(setting, path, maxBytes)));
    }

    private FileContents contents(Setting setting, String path, int maxBytes) {
        FileContents kept = held.contains(setting) ? before.contents(setting) : null;
        FileContents found = kept == null ? FileContents.of(Values.readableFile(path), maxBytes) : kept;
        contents.put(setting, found);
        return found;
    }

    /** What is written for a setting, and what it is called where it is written. */
    private record Found(String name, String text) {}

    private Optional<Found> find(Setting setting) {
        if (held.contains(setting)) {
            return Optional.ofNullable(before.text(setting)).map(text -> new Found(setting.environmentName(), text));
        }
        for (SettingsSource source : sources) {
            String value = source.value(setting);
            if (value != null) {
                return Optional.of(new Found(source.name(setting), setting.secret() ? value : value.strip()));
            }
        }
        return Optional.empty();
    }

    /** {@return all that was found, to be called once everything has been read} */
    public Snapshot snapshot() {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            find(setting).ifPresent(found -> texts.put(setting, found.text));
        }
        return new Snapshot(texts, contents);
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
                .flatMap(setting -> setting == inFile ? secretFile(inFile, parse) : optional(inline, parse));
    }

    /** A secret that stands in the file that a setting names. */
    public <T> Optional<T> secretFile(Setting setting, Function<String, T> parse) {
        return file(setting, FileContents.MAX_SECRET_BYTES, file -> parse.apply(file.secret()));
    }

    /** The same of a setting that waits for a restart: nobody looks whether the file changes. */
    public <T> Optional<T> secretFileOnce(Setting setting, Function<String, T> parse) {
        return optional(
                setting,
                path -> parse.apply(FileContents.of(Values.readableFile(path), FileContents.MAX_SECRET_BYTES)
                        .secret()));
    }

    public void fault(Setting setting, String rule) {
        faults.putIfAbsent(setting, setting.environmentName() + ": " + rule);
    }

    public boolean isFaulty(Setting setting) {
        return faults.containsKey(setting);
    }

    /** {@return what can't be used, a line for each setting} */
    public Map<Setting, String> faults() {
        return Map.copyOf(faults);
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

    private <T> Optional<T> parse(Setting setting, Found found, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(Values.known(found.text)));
        } catch (IllegalArgumentException e) {
            // The core calls a value by its parameter's name, which says nothing to whoever wrote the setting.
            String rule = e instanceof InvalidValueException invalid ? invalid.rule() : String.valueOf(e.getMessage());
            faults.putIfAbsent(setting, found.name + ": " + rule);
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
