package io.pingate.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/**
 * A number as somebody wrote it. YAML takes {@code pin: 0123} for an octal number, 83; nobody who writes a PIN means that,
 * and where it stands is known.
 */
final class WrittenNumber {
    private static final Pattern DIGITS = Pattern.compile("0[0-9]+(?=\\s*(#.*)?$)");

    private WrittenNumber() {}

    /** {@return its digits, when they begin with a zero; null for everything else} */
    static @Nullable String of(ConfigurationProperty property) {
        Origin known =
                property.getOrigin() instanceof PropertySourceOrigin place ? place.getOrigin() : property.getOrigin();
        if (!(property.getValue() instanceof Number)
                || !(known instanceof TextResourceOrigin origin)
                || origin.getLocation() == null
                || origin.getResource() == null) {
            return null;
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(origin.getResource().getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.lines()
                    .skip(origin.getLocation().getLine())
                    .findFirst()
                    .orElse("");
            Matcher digits = DIGITS.matcher(line);
            return digits.find(Math.min(origin.getLocation().getColumn(), line.length()))
                            && digits.start() == origin.getLocation().getColumn()
                    ? digits.group()
                    : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}
