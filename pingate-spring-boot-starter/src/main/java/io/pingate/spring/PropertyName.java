package io.pingate.spring;

import io.pingate.servlet.settings.Setting;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * What settings are called in a Spring Boot application: {@code pingate.upstream-timeout}. The gate's own spelling,
 * {@code pingate.upstream.timeout}, counts too; but in YAML, {@code pingate.upstream} can't be a value and hold others.
 */
final class PropertyName {
    /** As a setting is called in a fault: its environment name, and the property's behind it where that was looked up. */
    private static final Pattern IN_FAULTS = Pattern.compile("\\b((?:PINGATE|LITELLM)_[A-Z_]+)(?: \\(([a-z.-]+)\\))?");

    private PropertyName() {}

    static String of(Setting setting) {
        String name = setting.environmentName().toLowerCase(Locale.ROOT);
        int root = name.indexOf('_');
        return name.substring(0, root) + "." + name.substring(root + 1).replace('_', '-');
    }

    /** All under which a value is looked for, relaxed as Spring's are: Spring sees to case, dashes and the environment. */
    static List<ConfigurationPropertyName> spellings(Setting setting) {
        return Stream.of(of(setting), setting.propertyName())
                .distinct()
                .map(ConfigurationPropertyName::of)
                .toList();
    }

    /** Has a fault speak of properties, as whoever reads it has written them. */
    static String inFault(String fault) {
        return IN_FAULTS.matcher(fault).replaceAll(found -> Matcher.quoteReplacement(replacement(found.group(1))));
    }

    private static String replacement(String environmentName) {
        return Stream.of(Setting.values())
                .filter(setting -> setting.environmentName().equals(environmentName))
                .findFirst()
                .map(PropertyName::of)
                .orElse(environmentName);
    }
}
