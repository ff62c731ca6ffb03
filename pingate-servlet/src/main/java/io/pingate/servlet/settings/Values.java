package io.pingate.servlet.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * How the text of a setting becomes a value. What can't be used is an {@link IllegalArgumentException} whose message is
 * the rule and what to write instead, and never holds the text itself, which may be a secret.
 */
public final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Values() {}

    /**
     * Refuses U+FFFD, the sign for what was not UTF-8 or what Java can't read in this locale: a PIN or a key with it
     * would be the same as many others.
     */
    public static String known(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException(
                    "has letters that Java can't read; write it in UTF-8, and start Java with"
                            + " the environment variable LC_ALL=C.UTF-8");
        }
        return text;
    }

    public static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        Duration duration = matcher.matches() ? amount(matcher.group(1), matcher.group(2)) : Duration.ZERO;
        if (duration.isZero()) {
            throw new IllegalArgumentException(
                    "must be a time above zero with its unit (ms, s, m or h); write for example 500ms, 30s, 5m or 1h");
        }
        return duration;
    }

    private static Duration amount(String digits, String unit) {
        long count = Long.parseLong(digits);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        };
    }

    public static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    public static int port(String text) {
        if (text.startsWith("tcp://")) {
            throw new IllegalArgumentException("is an address that Kubernetes sets for a service called pingate;"
                    + " rename the service, or write enableServiceLinks: false in the pod");
        }
        return wholeNumber(text, 0, 65_535);
    }

    /** An address or a name that has one; {@code [::1]} as {@code ::1}. */
    public static String host(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        try {
            // Java takes no name at all for loopback.
            if (!bare.isEmpty() && InetAddress.getAllByName(bare).length > 0) {
                return bare;
            }
        } catch (UnknownHostException e) {
            // Told below, like all that can't be used.
        }
        throw new IllegalArgumentException(
                "no address is known for this name; write an address of this machine, without a port");
    }

    public static Duration days(String text) {
        return Duration.ofDays(wholeNumber(text, 1, 3_650));
    }

    private static int wholeNumber(String text, int min, int max) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
    }

    public static Level logLevel(String text) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be error, warn, info, debug or trace"));
    }

    public static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "must be a path of this system; with letters outside ASCII, start Java with the environment variable"
                            + " LC_ALL=C.UTF-8",
                    e);
        }
    }

    public static Path readableFile(String text) {
        Path file = path(text);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("can't read " + file + "; name a file that this user may read");
        }
        return file;
    }
}
