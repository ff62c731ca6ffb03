package io.pingate.standalone.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go.
 *
 * @param host a name or an address, without brackets
 * @param port its port
 * @param authority how a browser names it
 * @param path what stands before every target
 * @param tls by what a server with TLS is known; null for one without
 * @param tlsName the name that its certificate must have; null for any
 */
record Place(
        String host,
        int port,
        String authority,
        String path,
        @Nullable SSLContext tls,
        @Nullable String tlsName) {
    private static final int CONNECT_MILLIS = 5_000;

    /** What people open, as {@code PublicUrl} reads it. */
    static Place of(String publicUrl, SSLContext tls) {
        URI uri = URI.create(publicUrl);
        boolean https = uri.getScheme().equals("https");
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() < 0 ? (https ? 443 : 80) : uri.getPort();
        return new Place(host, port, uri.getRawAuthority(), uri.getRawPath(), https ? tls : null, https ? host : null);
    }

    static Place plain(String host, int port) {
        return local(host, port, null);
    }

    /** A gate on this machine, whose certificate is for other names; {@code tls} is null without one. */
    static Place local(String host, int port, @Nullable SSLContext tls) {
        String authority = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return new Place(host, port, authority, "", tls, null);
    }

    boolean isSecure() {
        return tls != null;
    }

    String origin() {
        return (isSecure() ? "https://" : "http://") + authority;
    }

    Socket connect(int timeoutMillis) throws IOException {
        IOException refusal = new UnknownHostException(host);
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                socket.setSoTimeout(timeoutMillis);
                return tls == null ? socket : shakeHands(tls, socket);
            } catch (IOException e) {
                socket.close();
                refusal = e;
            }
        }
        throw refusal;
    }

    private Socket shakeHands(SSLContext context, Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket)
                context.getSocketFactory().createSocket(socket, tlsName == null ? host : tlsName, port, true);
        if (tlsName != null) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        return secure;
    }
}
