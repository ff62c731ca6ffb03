package io.pingate.http.syntax;

import io.pingate.http.IpAddress;
import java.util.Optional;

/**
 * A host and, when it was named, a port (RFC 3986 section 3.2 without user information).
 *
 * @param host a name, an IPv4 address or an IPv6 address in brackets, as written
 * @param port 1 to 65535, or {@link #NO_PORT}
 */
public record Authority(String host, int port) {
    /** No port was named. */
    public static final int NO_PORT = -1;

    private static final int MAX_PORT = 65535;
    private static final int MAX_PORT_DIGITS = 5;

    /**
     * Reads {@code host} or {@code host:port}, strictly: what a Host field may say and nothing that ends or splits it.
     *
     * @param text the text
     * @return the authority, empty when it is none
     */
    public static Optional<Authority> parse(String text) {
        int colon = text.indexOf(':', text.indexOf(']') + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? NO_PORT : port(text.substring(colon + 1));
        return isHost(host) && port != 0 ? Optional.of(new Authority(host, port)) : Optional.empty();
    }

    /**
     * Reads a port number.
     *
     * @param digits the text
     * @return 1 to 65535; 0 when it is none
     */
    public static int port(String digits) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i == MAX_PORT_DIGITS) {
                return 0;
            }
            port = port * 10 + digit;
        }
        return port <= MAX_PORT ? port : 0;
    }

    /**
     * Says which port a scheme has by itself.
     *
     * @param scheme {@code http}, {@code https}, or another one
     * @return 443 for https, else 80
     */
    public static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /**
     * Tells whether two texts name the same authority: in any case, and with or without the scheme's own port.
     *
     * @param one a text
     * @param other another
     * @param scheme {@code http} or {@code https}
     * @return true when both are authorities, and the same
     */
    public static boolean isSame(String one, String other, String scheme) {
        Optional<Authority> first = parse(one);
        Optional<Authority> second = parse(other);
        int port = defaultPort(scheme);
        return first.isPresent()
                && second.isPresent()
                && first.get().host.equalsIgnoreCase(second.get().host)
                && first.get().portOr(port) == second.get().portOr(port);
    }

    /**
     * Says which port is meant.
     *
     * @param otherwise the port when none was named
     * @return the port
     */
    public int portOr(int otherwise) {
        return port == NO_PORT ? otherwise : port;
    }

    /** {@return {@code host} or {@code host:port}} */
    @Override
    public String toString() {
        return port == NO_PORT ? host : host + ":" + port;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return host.indexOf('%') < 0
                    && host.indexOf(':') > 0
                    && host.endsWith("]")
                    && IpAddress.parse(host).isPresent();
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isNameChar(host.charAt(i))) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** The underscore stands in the names of containers: {@code http://open_webui:8080}. */
    private static boolean isNameChar(int c) {
        return Ascii.isAlphanumeric(c) || c == '-' || c == '.' || c == '_';
    }
}
