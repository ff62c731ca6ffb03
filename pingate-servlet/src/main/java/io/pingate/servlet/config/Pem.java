package io.pingate.servlet.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468), whatever stands between them. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private Pem() {}

    /**
     * One block. Some are secret, so none shows what is in it.
     *
     * @param label what it is said to be
     * @param text what stands between its lines
     */
    record Block(String label, String text) {
        /** Throws when the text is no Base64. */
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(text);
        }

        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    static List<Block> blocks(byte[] file) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }
}
