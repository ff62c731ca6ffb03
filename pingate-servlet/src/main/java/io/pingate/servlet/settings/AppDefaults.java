package io.pingate.servlet.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is known about the program behind the gate.
 *
 * @param settings defaults for settings
 * @param emailHeaders headers by which it knows who is signed in, by e-mail address
 * @param nameHeaders headers by which it knows who is signed in, by name
 * @param ownHeaders headers in which it believes whoever sends them, or that it must not see: none come from the client
 * @param percentEncoded property names of the settings that it reads percent-encoded
 * @param lines what to put into its configuration
 */
public record AppDefaults(
        SettingsSource settings,
        List<String> emailHeaders,
        List<String> nameHeaders,
        List<String> ownHeaders,
        List<String> percentEncoded,
        List<String> lines) {
    /** Nothing is known. */
    public static final AppDefaults NONE = new AppDefaults(
            SettingsSource.preset("", property -> null), List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Pattern NOT_ASCII = Pattern.compile("\\P{ASCII}+");

    /** Copies the lists. */
    public AppDefaults {
        emailHeaders = List.copyOf(emailHeaders);
        nameHeaders = List.copyOf(nameHeaders);
        ownHeaders = List.copyOf(ownHeaders);
        percentEncoded = List.copyOf(percentEncoded);
        lines = List.copyOf(lines);
    }

    /** {@return a setting's value as the program reads it} */
    public String spelled(Setting setting, String value) {
        return percentEncoded.contains(setting.propertyName())
                ? NOT_ASCII.matcher(value).replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8))
                : value;
    }
}
