package io.pingate.servlet.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What is in a file that a setting names, as it was read once: what is made of it later can't be half of another. */
public final class FileContents {
    static final int MAX_SECRET_BYTES = 64 * 1024;

    private final Path file;
    private final byte[] bytes;

    private FileContents(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static FileContents of(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            return new FileContents(file, in.readNBytes(maxBytes + 1));
        } catch (IOException e) {
            throw new IllegalArgumentException("can't read " + file + "; name a file that this user may read", e);
        }
    }

    /** {@return where it was read} */
    public Path file() {
        return file;
    }

    /** {@return a copy of the bytes, one more than permitted where there are too many} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A secret, without the line break that editors and {@code echo} put at its end. */
    public String secret() {
        if (bytes.length > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException(file + " is larger than 64 KiB; name the file that holds the secret");
        }
        String content = utf8().replaceFirst("[\r\n]+\\z", "");
        if (content.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty; write the secret into it");
        }
        return content;
    }

    private String utf8() {
        try {
            return Values.known(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8 text; write the secret as text", e);
        }
    }

    boolean hasBytesOf(FileContents other) {
        return Arrays.equals(bytes, other.bytes);
    }

    /** Leaves out the bytes. */
    @Override
    public String toString() {
        return "FileContents[" + file + "]";
    }
}
