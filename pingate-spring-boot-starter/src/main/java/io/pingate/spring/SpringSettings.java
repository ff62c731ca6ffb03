package io.pingate.spring;

import io.pingate.servlet.settings.Environment;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;

/** Where a Spring Boot application's settings are written: application.yml and all other places that Spring knows. */
final class SpringSettings {
    /** What is the starter's own below {@code pingate}, and none of the gate's settings. */
    private static final List<String> OWN = List.of("enabled", "proxy", "security");

    private final Iterable<ConfigurationPropertySource> places;
    private final PropertySourcesPlaceholdersResolver placeholders;

    private SpringSettings(ConfigurableEnvironment environment) {
        this.places = ConfigurationPropertySources.from(environment.getPropertySources());
        this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
    }

    /** The places, the one that wins first. */
    static SettingsSource[] of(ConfigurableEnvironment environment) {
        SpringSettings settings = new SpringSettings(environment);
        return new SettingsSource[] {
            SettingsSource.of(PropertyName::of, settings::value).with(settings.names()), processEnvironment()
        };
    }

    /**
     * What Spring's environment has found already, unless Java took its bytes for another text; and only here are names
     * seen as they are written.
     */
    private static SettingsSource processEnvironment() {
        Map<String, String> variables = new HashMap<>(Environment.ofThisProcess());
        variables.keySet().removeIf(name -> OWN.stream()
                .map(own -> "PINGATE_" + own.toUpperCase(Locale.ROOT))
                .anyMatch(own -> name.equals(own) || name.startsWith(own + "_")));
        return SettingsSource.environment(variables);
    }

    private @Nullable String value(String property) {
        Setting setting = Arrays.stream(Setting.values())
                .filter(one -> PropertyName.of(one).equals(property))
                .findFirst()
                .orElseThrow();
        for (ConfigurationPropertySource place : places) {
            for (ConfigurationPropertyName name : PropertyName.spellings(setting)) {
                String value = value(place, name);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private @Nullable String value(ConfigurationPropertySource place, ConfigurationPropertyName name) {
        ConfigurationProperty property = place.getConfigurationProperty(name);
        return property == null ? list(place, name) : text(property);
    }

    /** A list in YAML is one value, with commas. */
    private @Nullable String list(ConfigurationPropertySource place, ConfigurationPropertyName name) {
        List<String> values = new ArrayList<>();
        ConfigurationProperty element = place.getConfigurationProperty(name.append("[0]"));
        while (element != null) {
            values.add(text(element));
            element = place.getConfigurationProperty(name.append("[" + values.size() + "]"));
        }
        return values.isEmpty() ? null : String.join(",", values);
    }

    private String text(ConfigurationProperty property) {
        Object value = WrittenNumber.of(property);
        return String.valueOf(placeholders.resolvePlaceholders(value == null ? property.getValue() : value));
    }

    /** What is written for the gate, and isn't the starter's own; of the environment, {@link #processEnvironment} tells. */
    private Collection<String> names() {
        Collection<String> names = new TreeSet<>();
        ConfigurationPropertyName root = ConfigurationPropertyName.of("pingate");
        for (ConfigurationPropertySource place : places) {
            if (place instanceof IterableConfigurationPropertySource iterable && !isEnvironment(place)) {
                StreamSupport.stream(iterable.spliterator(), false)
                        .filter(name -> root.isAncestorOf(name) && !isOwn(name))
                        .filter(name -> Arrays.stream(Setting.values()).noneMatch(setting -> isOf(setting, name)))
                        .forEach(name -> names.add(name.toString()));
            }
        }
        return names;
    }

    private static boolean isEnvironment(ConfigurationPropertySource place) {
        return place.getUnderlyingSource() instanceof org.springframework.core.env.PropertySource<?> source
                && source.getName().startsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private static boolean isOwn(ConfigurationPropertyName name) {
        return OWN.contains(name.getElement(1, ConfigurationPropertyName.Form.UNIFORM));
    }

    private static boolean isOf(Setting setting, ConfigurationPropertyName name) {
        ConfigurationPropertyName whole = name.isLastElementIndexed() ? name.getParent() : name;
        return PropertyName.spellings(setting).contains(whole);
    }
}
