package io.pingate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;

/** A certificate and its key in PEM files, as a gate is given them. */
public final class TlsFiles {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "key";

    private final Path certificate;
    private final Path key;

    private TlsFiles(Path folder) {
        certificate = folder.resolve("tls-cert.pem");
        key = folder.resolve("tls-key.pem");
    }

    /** Files that don't exist yet. */
    public static TlsFiles in(Path folder) {
        return new TlsFiles(folder);
    }

    /** Takes a key store of the tests, by its resource's name, and returns its certificate. */
    public X509Certificate write(String resource) throws IOException, GeneralSecurityException {
        KeyStore keys = keys(resource);
        writeCertificate(keys);
        writeKey(keys);
        return (X509Certificate) keys.getCertificate(ALIAS);
    }

    /** Takes the certificate alone, as it is for a moment while both are replaced. */
    public X509Certificate writeCertificate(String resource) throws IOException, GeneralSecurityException {
        return writeCertificate(keys(resource));
    }

    private X509Certificate writeCertificate(KeyStore keys) throws IOException, GeneralSecurityException {
        StringBuilder chain = new StringBuilder();
        for (Certificate one : keys.getCertificateChain(ALIAS)) {
            chain.append(pem(one));
        }
        Files.writeString(certificate, chain);
        return (X509Certificate) keys.getCertificate(ALIAS);
    }

    private void writeKey(KeyStore keys) throws IOException, GeneralSecurityException {
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded()));
    }

    /** What a gate is to be told. */
    public Map<String, String> settings() {
        return Map.of("PINGATE_TLS_CERT_FILE", certificate.toString(), "PINGATE_TLS_KEY_FILE", key.toString());
    }

    public Path certificate() {
        return certificate;
    }

    public Path key() {
        return key;
    }

    /** {@return a key store of the tests, by its resource's name} */
    public static KeyStore keys(String resource) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = TlsFiles.class.getResourceAsStream(resource)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** {@return a certificate as PEM files hold it} */
    public static String pem(Certificate certificate) throws GeneralSecurityException {
        return pem("CERTIFICATE", certificate.getEncoded());
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
