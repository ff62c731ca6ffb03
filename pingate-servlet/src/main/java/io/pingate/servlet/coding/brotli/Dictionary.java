package io.pingate.servlet.coding.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.DataFormatException;

/** The words that every stream may refer to, and what is made of them (RFC 7932 section 8, appendices A and B). */
final class Dictionary {
    /** Longer than any word with what is put around it. */
    static final int MAX_WORD_BYTES = 64;

    private static final int[] SIZE_BITS = {
        0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5
    };

    private Dictionary() {}

    /**
     * Writes a word.
     *
     * @param target at least {@link #MAX_WORD_BYTES} bytes
     * @param length the length of the plain word
     * @param id which word of that length, and which transform of it
     * @return how many bytes were written
     */
    static int word(byte[] target, int length, int id) throws DataFormatException {
        if (length >= SIZE_BITS.length || SIZE_BITS[length] == 0) {
            throw new DataFormatException("br: no dictionary words of " + length + " bytes");
        }
        int transform = id >>> SIZE_BITS[length];
        if (transform >= Data.TRANSFORMS.size()) {
            throw new DataFormatException("br: reference before the start");
        }
        int start = length * (id & ((1 << SIZE_BITS[length]) - 1));
        for (int shorter = 4; shorter < length; shorter++) {
            start += shorter << SIZE_BITS[shorter];
        }
        return Data.TRANSFORMS.get(transform).apply(Data.WORDS, start, length, target);
    }

    /** Loaded with the first reference to a word. */
    private static final class Data {
        static final byte[] WORDS = resource("dictionary.bin");
        static final List<WordTransform> TRANSFORMS = new String(resource("transforms.txt"), UTF_8)
                .lines()
                .map(WordTransform::parse)
                .toList();

        private static byte[] resource(String name) {
            try (InputStream in = Dictionary.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing from the jar");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
