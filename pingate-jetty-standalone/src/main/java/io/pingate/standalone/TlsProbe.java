package io.pingate.standalone;

import io.pingate.servlet.config.UpstreamTls;
import io.pingate.servlet.settings.Setting;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Shakes hands as the proxy will, and says what to do about it when that fails. */
final class TlsProbe {
    private TlsProbe() {}

    /** What was found behind a connection, in a few words; closes it. */
    static String look(Socket connection, String host, UpstreamTls tls) throws IOException {
        String name = tls.name().orElse(host);
        try (SSLSocket socket = (SSLSocket)
                tls.sslContext().getSocketFactory().createSocket(connection, name, connection.getPort(), true)) {
            if (tls.checked()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.name().ifPresent(other -> parameters.setServerNames(List.of(new SNIHostName(other))));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return "answers";
        } catch (SocketTimeoutException e) {
            return fails("it says nothing; let PINGATE_UPSTREAM start with http:// if it speaks no TLS there");
        } catch (SSLHandshakeException e) {
            return fails(reason(e));
        } catch (IOException e) {
            return fails("it speaks no TLS there, or none that Java knows; let " + Setting.UPSTREAM.environmentName()
                    + " start with http:// if it has none");
        }
    }

    private static String fails(String reason) {
        return "answers, but TLS with it fails: " + reason + ". Until then, the gate answers 502";
    }

    private static String reason(SSLHandshakeException fault) {
        List<Throwable> causes = Stream.<@Nullable Throwable>iterate(fault, cause -> cause != null, Throwable::getCause)
                .toList();
        if (causes.stream()
                .anyMatch(cause -> cause instanceof CertificateExpiredException
                        || cause instanceof CertificateNotYetValidException)) {
            return "its certificate has expired or is not yet valid; give it a new one";
        }
        if (causes.stream().anyMatch(CertPathBuilderException.class::isInstance)) {
            return "its certificate is signed by nobody known here; name a PEM file with its CA in "
                    + Setting.UPSTREAM_CA_FILE.environmentName();
        }
        // Java's check of the name throws the plain class.
        if (causes.stream().anyMatch(cause -> cause.getClass() == CertificateException.class)) {
            return "its certificate is for another name; write that name into "
                    + Setting.UPSTREAM_TLS_NAME.environmentName();
        }
        return String.valueOf(fault.getMessage());
    }
}
