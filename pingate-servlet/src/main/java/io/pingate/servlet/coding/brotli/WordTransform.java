package io.pingate.servlet.coding.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is made of a dictionary word (RFC 7932 section 8, appendix B). */
final class WordTransform {
    private final byte[] prefix;
    private final byte[] suffix;
    private final char operation;
    private final int omitted;

    private WordTransform(String prefix, char operation, int omitted, String suffix) {
        this.prefix = prefix.getBytes(UTF_8);
        this.operation = operation;
        this.omitted = omitted;
        this.suffix = suffix.getBytes(UTF_8);
    }

    /**
     * Reads a line of the table: prefix, operation, suffix. The operations: {@code =} the word as it is, {@code -n} and
     * {@code +n} without its last or first n bytes, {@code F} and {@code A} with its first or all letters raised.
     */
    static WordTransform parse(String line) {
        String[] parts = line.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\u00a0", "\u00a0")
                .split("\\|", -1);
        int omitted = parts[1].length() == 1 ? 0 : Integer.parseInt(parts[1], 1, 2, 10);
        return new WordTransform(parts[0], parts[1].charAt(0), omitted, parts[2]);
    }

    /** Writes the transformed word; {@return its length} */
    int apply(byte[] words, int start, int length, byte[] target) {
        System.arraycopy(prefix, 0, target, 0, prefix.length);
        int kept = Math.max(length - omitted, 0);
        int from = operation == '+' ? start + length - kept : start;
        System.arraycopy(words, from, target, prefix.length, kept);
        int end = prefix.length + kept;
        if (operation == 'F') {
            raise(target, prefix.length, end);
        } else if (operation == 'A') {
            for (int i = prefix.length; i < end; ) {
                i += raise(target, i, end);
            }
        }
        System.arraycopy(suffix, 0, target, end, suffix.length);
        return end + suffix.length;
    }

    /** Upper case, more or less, of one UTF-8 character; {@return its length} */
    private static int raise(byte[] text, int at, int end) {
        int lead = text[at] & 0xFF;
        if (lead < 0xC0) {
            if (lead >= 'a' && lead <= 'z') {
                text[at] ^= 0x20;
            }
            return 1;
        }
        int last = lead < 0xE0 ? at + 1 : at + 2;
        if (last < end) {
            text[last] ^= (byte) (lead < 0xE0 ? 0x20 : 5);
        }
        return last - at + 1;
    }
}
