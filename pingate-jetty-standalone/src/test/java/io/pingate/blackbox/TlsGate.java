package io.pingate.blackbox;

import io.pingate.servlet.config.UpstreamTls;
import io.pingate.testing.RawClient;
import io.pingate.testing.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** {@code java -jar pingate.jar} that speaks TLS itself. */
final class TlsGate extends StandaloneGate {
    /** The certificates of tls/make.sh; one of them has expired, which nobody looks at here. */
    static final String FIRST = "/io/pingate/standalone/tls/localhost.p12";

    static final String SECOND = "/io/pingate/standalone/tls/expired.p12";

    private final SSLContext anyCertificate = new UpstreamTls(List.of(), Optional.empty(), false).sslContext();

    TlsGate(Path home, Map<String, String> settings) throws Exception {
        super(home, withCertificate(home, settings));
    }

    private static Map<String, String> withCertificate(Path home, Map<String, String> settings) throws Exception {
        TlsFiles files = TlsFiles.in(home);
        files.write(FIRST);
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(files.settings());
        return all;
    }

    TlsFiles files() {
        return TlsFiles.in(home());
    }

    @Override
    RawClient client(int at) throws IOException {
        Socket transport = RawClient.connect(at);
        return RawClient.over(secure(transport, "http/1.1"), transport);
    }

    @Override
    Socket http2() throws IOException {
        return secure(RawClient.connect(port()), "h2");
    }

    /** Shakes hands by that version of TLS alone. */
    SSLSocket secureBy(String version, Socket transport) throws IOException {
        SSLSocket tls =
                (SSLSocket) anyCertificate.getSocketFactory().createSocket(transport, "localhost", port(), true);
        tls.setEnabledProtocols(new String[] {version});
        tls.startHandshake();
        return tls;
    }

    /** Shakes hands, in which it asks for those protocols. */
    SSLSocket secure(Socket transport, String... protocols) throws IOException {
        SSLSocket tls =
                (SSLSocket) anyCertificate.getSocketFactory().createSocket(transport, "localhost", port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }
}
