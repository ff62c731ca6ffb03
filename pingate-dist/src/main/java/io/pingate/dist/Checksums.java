package io.pingate.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Checksums, as {@code sha256sum} writes and checks them. */
final class Checksums {
    private Checksums() {}

    static void write(List<Path> files, Path file) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (Path summed : files.stream().sorted().toList()) {
            sums.append(sha256(Files.readAllBytes(summed)) + "  " + summed.getFileName() + "\n");
        }
        Files.writeString(file, sums);
    }

    static String sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    /** For dpkg alone, which checks by it that a file is still the package's. */
    static String md5(byte[] bytes) {
        return hash("MD5", bytes);
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
