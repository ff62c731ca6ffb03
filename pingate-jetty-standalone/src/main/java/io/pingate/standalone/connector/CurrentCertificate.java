package io.pingate.standalone.connector;

import io.pingate.servlet.config.ListenerTls;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows each client that shakes hands the certificate of the moment. */
final class CurrentCertificate extends X509ExtendedKeyManager {
    private final Supplier<ListenerTls> source;
    private volatile Shown now;
    /** What handshakes may be in the midst of. */
    private volatile Shown before;

    /**
     * A certificate by the name that the handshake has for it: first it asks for a name, then for the key and for the chain,
     * which have to be of the same file.
     */
    private record Shown(String alias, ListenerTls tls) {}

    CurrentCertificate(Supplier<ListenerTls> source) {
        this.source = source;
        this.now = new Shown("0", source.get());
        this.before = now;
    }

    /** Takes up what is there. */
    synchronized Shown look() {
        ListenerTls tls = source.get();
        if (tls != now.tls) {
            before = now;
            now = new Shown(String.valueOf(Integer.parseInt(before.alias) + 1), tls);
        }
        return now;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        Shown shown = look();
        return shown.tls.key().getAlgorithm().equals(keyType) ? shown.alias : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Shown shown = find(alias);
        return shown == null ? null : shown.tls.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Shown shown = find(alias);
        return shown == null ? null : shown.tls.key();
    }

    private @Nullable Shown find(String alias) {
        Shown shown = now;
        if (shown.alias.equals(alias)) {
            return shown;
        }
        shown = before;
        return shown.alias.equals(alias) ? shown : null;
    }

    /** Sockets without an engine, and clients, there are none. */
    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
