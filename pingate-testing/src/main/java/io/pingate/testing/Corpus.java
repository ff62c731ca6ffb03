package io.pingate.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The kept inputs of a target, in a file of its name: one a line, and what isn't visible ASCII as {@code \xNN}.
 *
 * <p>Jazzer wants a folder with a file for each, so this is also a program: {@code unpack FILE FOLDER} and {@code pack
 * FOLDER FILE}.
 */
public final class Corpus {
    private static final int LONGEST = 4 * 1024;

    private Corpus() {}

    public static List<byte[]> of(Class<?> target) {
        try (InputStream in = target.getResourceAsStream(target.getSimpleName() + ".txt")) {
            return new String(in.readAllBytes(), ISO_8859_1)
                    .lines()
                    .map(Corpus::decode)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[1]);
        Path to = Path.of(arguments[2]);
        if (arguments[0].equals("unpack")) {
            Files.createDirectories(to);
            int number = 0;
            for (String line : Files.readAllLines(from, ISO_8859_1)) {
                Files.write(to.resolve("kept-" + number++), decode(line));
            }
        } else {
            TreeSet<String> lines = new TreeSet<>();
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    byte[] input = Files.readAllBytes(file);
                    if (input.length <= LONGEST) {
                        lines.add(encode(input));
                    }
                }
            }
            Files.write(to, lines, ISO_8859_1);
        }
    }

    private static byte[] decode(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.startsWith("\\x", i)) {
                text.append((char) HexFormat.fromHexDigits(line, i + 2, i + 4));
                i += 3;
            } else {
                text.append(line.charAt(i));
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private static String encode(byte[] input) {
        StringBuilder line = new StringBuilder(input.length);
        for (byte b : input) {
            if (b >= ' ' && b < 0x7F && b != '\\') {
                line.append((char) b);
            } else {
                line.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return line.toString();
    }
}
