package io.pingate.servlet.config;

import io.pingate.servlet.config.Pem.Block;
import io.pingate.servlet.settings.FileContents;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A private key as it stands in a PEM file. What kind of key it is, its certificate says: two of the three forms in which
 * programs write keys, those of OpenSSL's own, leave out a part of it, and all three are told apart by their first line.
 */
final class PemKey {
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final List<String> FORMS = List.of(PKCS8, PKCS1, SEC1);

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    /** INTEGER 0, PKCS #8's version (RFC 5208). */
    private static final byte[] VERSION = {2, 1, 0};

    private final Path file;
    private final Block block;

    private PemKey(Path file, Block block) {
        this.file = file;
        this.block = block;
    }

    static PemKey of(FileContents contents) {
        List<Block> blocks = Pem.blocks(contents.bytes());
        Path file = contents.file();
        Optional<Block> found =
                blocks.stream().filter(block -> FORMS.contains(block.label())).findFirst();
        // The older forms say so in a header of the block.
        if (blocks.stream().anyMatch(block -> block.label().startsWith("ENCRYPTED"))
                || found.filter(block -> block.text().contains("ENCRYPTED")).isPresent()) {
            throw new IllegalArgumentException("the key in " + file
                    + " is encrypted, and nobody is there to type its password; write it without one: openssl pkey -in "
                    + file + " -out NEW.pem");
        }
        return new PemKey(
                file,
                found.orElseThrow(() -> new IllegalArgumentException(
                        file + " holds no private key; name a PEM file with -----BEGIN PRIVATE KEY----- in it")));
    }

    /** The key, or empty when it doesn't belong to the certificate's. */
    Optional<PrivateKey> belongingTo(PublicKey certified) {
        String algorithm = certified.getAlgorithm();
        String signature =
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA" -> algorithm;
                    default ->
                        throw new IllegalArgumentException("the certificate has a key of the kind " + algorithm
                                + "; browsers take RSA, EC and Ed25519");
                };
        try {
            PrivateKey key =
                    KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8(certified)));
            return signs(key, certified, signature) ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A key of another kind, or a file that was cut short. The cause might show some of it.
            return Optional.empty();
        }
    }

    /** What the one has signed, only the other can verify. */
    private static boolean signs(PrivateKey key, PublicKey certified, String algorithm)
            throws GeneralSecurityException {
        byte[] text = {'p', 'i', 'n'};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(text);
        return signature.verify(signed);
    }

    private byte[] pkcs8(PublicKey certified) {
        if (block.label().equals(PKCS8)) {
            return block.bytes();
        }
        // Their missing part, the algorithm and its parameters, stands in front of the public key (RFC 5280 section
        // 4.1).
        byte[] spki = certified.getEncoded();
        int algorithm = contentOf(spki, 0);
        byte[] inner = join(
                VERSION,
                Arrays.copyOfRange(spki, algorithm, endOf(spki, algorithm)),
                element(OCTET_STRING, block.bytes()));
        return element(SEQUENCE, inner);
    }

    /** Where the content of the DER element at an index begins. */
    private static int contentOf(byte[] der, int index) {
        int length = der[index + 1] & 0xFF;
        return index + 2 + (length < 0x80 ? 0 : length - 0x80);
    }

    private static int endOf(byte[] der, int index) {
        int content = contentOf(der, index);
        int length = der[index + 1] & 0xFF;
        if (length >= 0x80) {
            length = 0;
            for (int i = index + 2; i < content; i++) {
                length = length << 8 | (der[i] & 0xFF);
            }
        }
        return content + length;
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "PemKey[" + file + "]";
    }
}
