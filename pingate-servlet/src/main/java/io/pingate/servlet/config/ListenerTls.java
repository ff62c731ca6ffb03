package io.pingate.servlet.config;

import io.pingate.servlet.settings.FileContents;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a gate that speaks TLS itself proves by that it is the one its clients mean: a certificate, and its key. */
public final class ListenerTls {
    private static final int MAX_CERTIFICATES_BYTES = 1024 * 1024;
    private static final int MAX_KEY_BYTES = 64 * 1024;

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ListenerTls(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Reads both files.
     *
     * @param settings where they are named
     * @return empty when none is named, or when there is a fault
     */
    public static Optional<ListenerTls> read(SettingsReader settings) {
        alone(settings, Setting.TLS_CERT_FILE, Setting.TLS_KEY_FILE);
        alone(settings, Setting.TLS_KEY_FILE, Setting.TLS_CERT_FILE);
        Optional<List<X509Certificate>> chain =
                settings.file(Setting.TLS_CERT_FILE, MAX_CERTIFICATES_BYTES, ListenerTls::certificates);
        Optional<PemKey> written = settings.file(Setting.TLS_KEY_FILE, MAX_KEY_BYTES, PemKey::of);
        if (chain.isEmpty() || written.isEmpty()) {
            return Optional.empty();
        }
        X509Certificate own = chain.get().get(0);
        Optional<PrivateKey> key;
        try {
            key = written.get().belongingTo(own.getPublicKey());
        } catch (IllegalArgumentException e) {
            settings.fault(Setting.TLS_CERT_FILE, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (key.isEmpty()) {
            settings.fault(
                    Setting.TLS_KEY_FILE,
                    "holds no key that belongs to the first certificate of PINGATE_TLS_CERT_FILE; name the two files"
                            + " that were made together, the gate's own certificate before those of its CA");
            return Optional.empty();
        }
        warn(settings, own);
        return Optional.of(new ListenerTls(chain.get(), key.get()));
    }

    private static void alone(SettingsReader settings, Setting given, Setting missing) {
        if (settings.isGiven(given) && !settings.isGiven(missing)) {
            settings.fault(
                    given, "is nothing without " + missing.environmentName() + "; name both files, or leave this out");
        }
    }

    private static void warn(SettingsReader settings, X509Certificate own) {
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            settings.warn("The certificate in PINGATE_TLS_CERT_FILE has expired ("
                    + own.getNotAfter().toInstant() + "): browsers refuse it.");
        } catch (CertificateNotYetValidException e) {
            settings.warn("The certificate in PINGATE_TLS_CERT_FILE isn't valid before "
                    + own.getNotBefore().toInstant() + ": browsers refuse it.");
        }
    }

    private static List<X509Certificate> certificates(FileContents contents) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem.Block block : Pem.blocks(contents.bytes())) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    contents.file() + " holds a certificate that can't be read; was it cut short?", e);
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(
                    contents.file() + " holds no certificate; name a PEM file with -----BEGIN CERTIFICATE----- in it");
        }
        return chain;
    }

    /** {@return the gate's certificate, and behind it those that lead to a CA} */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** {@return the key of the first certificate} */
    public PrivateKey key() {
        return key;
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "ListenerTls[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
