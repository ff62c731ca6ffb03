package io.pingate.testing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The head of a request or a response exactly as it was on the wire, one char per byte, with its last empty line. */
public record WireHead(String text) {
    /** The text of a head of those lines. */
    public static String of(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    public String startLine() {
        return text.substring(0, text.indexOf("\r\n"));
    }

    public int status() {
        return Integer.parseInt(startLine().split(" ", 3)[1]);
    }

    /** The target of a request line, byte for byte. */
    public String target() {
        String line = startLine();
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    public List<String> lines() {
        return Stream.of(text.split("\r\n")).skip(1).toList();
    }

    /** Lower-cased: names are case-insensitive (RFC 9110 section 5.1). */
    public List<String> names() {
        return lines().stream().map(WireHead::name).toList();
    }

    public List<String> all(String name) {
        return lines().stream()
                .filter(line -> name(line).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    public boolean isChunked() {
        return all("Transfer-Encoding").stream().anyMatch(coding -> coding.equalsIgnoreCase("chunked"));
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
