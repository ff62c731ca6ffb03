package io.pingate.servlet.config;

import io.pingate.proxy.Upstream;
import io.pingate.servlet.settings.FileContents;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * By what an https upstream is known for the right one.
 *
 * @param authorities whose signature makes its certificate good, or the certificate itself; none for those that Java knows
 * @param name what the certificate must name, and the name that is asked for (RFC 6066 section 3); empty for the host of
 *     the upstream's address
 * @param checked false when any certificate will do
 */
public record UpstreamTls(List<X509Certificate> authorities, Optional<String> name, boolean checked) {
    private static final int MAX_CERTIFICATES_BYTES = 4 * 1024 * 1024;
    private static final String DNS_NAME = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?";

    /**
     * Makes a copy of the list.
     *
     * @param authorities whose signature makes its certificate good, or the certificate itself
     * @param name what the certificate must name, and the name that is asked for
     * @param checked false when any certificate will do
     */
    public UpstreamTls {
        authorities = List.copyOf(authorities);
    }

    /** {@return what holds when nothing is set: the authorities that Java knows, and the name of the address} */
    public static UpstreamTls standard() {
        return new UpstreamTls(List.of(), Optional.empty(), true);
    }

    public static UpstreamTls read(SettingsReader settings, Upstream upstream) {
        Optional<List<X509Certificate>> authorities =
                settings.file(Setting.UPSTREAM_CA_FILE, MAX_CERTIFICATES_BYTES, UpstreamTls::certificates);
        Optional<String> name = settings.optional(Setting.UPSTREAM_TLS_NAME, UpstreamTls::dnsName);
        boolean insecure = settings.required(Setting.UPSTREAM_INSECURE, Values::truth);
        for (Setting setting :
                List.of(Setting.UPSTREAM_CA_FILE, Setting.UPSTREAM_TLS_NAME, Setting.UPSTREAM_INSECURE)) {
            boolean asked = setting == Setting.UPSTREAM_INSECURE ? insecure : settings.isGiven(setting);
            if (asked && !upstream.scheme().equals("https") && !settings.isFaulty(Setting.UPSTREAM)) {
                settings.fault(
                        setting,
                        "is for an https upstream, and PINGATE_UPSTREAM is none; write https:// there,"
                                + " or leave this out");
            }
            if (asked && insecure && setting != Setting.UPSTREAM_INSECURE) {
                settings.fault(
                        setting,
                        "counts for nothing while PINGATE_UPSTREAM_INSECURE is true; leave one of them" + " out");
            }
        }
        if (insecure) {
            settings.warn(
                    "The upstream's certificate is not checked (PINGATE_UPSTREAM_INSECURE): whoever is on the way to"
                            + " it can read and change everything. PINGATE_UPSTREAM_CA_FILE would make it safe.");
        }
        return new UpstreamTls(authorities.orElseGet(List::of), name, !insecure);
    }

    private static String dnsName(String text) {
        if (!text.matches(DNS_NAME)) {
            throw new IllegalArgumentException(
                    "must be a name as it stands in the certificate, without a scheme and a port, like nas.example");
        }
        return text;
    }

    private static List<X509Certificate> certificates(FileContents contents) {
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(contents.bytes()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(noCertificate(contents.file()), e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(noCertificate(contents.file()));
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    private static String noCertificate(Path file) {
        return file + " holds no certificate that can be read; name a PEM file with -----BEGIN CERTIFICATE----- in it";
    }

    /** Not the one that Java makes: see {@link io.pingate.http.IpAddress#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamTls tls
                && checked == tls.checked
                && name.equals(tls.name)
                && authorities.equals(tls.authorities);
    }

    @Override
    public int hashCode() {
        return Objects.hash(authorities, name, checked);
    }

    /** {@return a new context for connections to the upstream; it knows the authorities, the name is still to be set} */
    public SSLContext sslContext() {
        try {
            if (checked && authorities.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, checked ? trusting(authorities) : new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS towards the upstream can't be set up", e);
        }
    }

    private static TrustManager[] trusting(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** An extended one, since Java would check the name for the other kind. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
