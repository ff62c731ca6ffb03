package io.pingate.servlet.config;

import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.Origin;

/** Where people reach the gate, as it may stand in a setting. */
public final class PublicUrl {
    private PublicUrl() {}

    /**
     * Reads an address.
     *
     * @param text an http or https origin, and perhaps a plain path; a slash at its end doesn't count
     * @return the address without a slash at its end
     * @throws IllegalArgumentException with the rule
     */
    public static String of(String text) {
        String address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String origin = origin(address);
        boolean known = Origin.parse(origin)
                .filter(parsed ->
                        parsed.scheme().equals("http") || parsed.scheme().equals("https"))
                .isPresent();
        if (!known
                || (origin.length() < address.length()
                        && !RequestTarget.isPlainPath(address.substring(origin.length())))) {
            throw new IllegalArgumentException(
                    "must be an address like https://notes.example.org, with a plain path at most");
        }
        return address;
    }

    /**
     * Tells whether an address is on a host.
     *
     * @param address an address, as {@link #of} gives it
     * @param host {@code host} or {@code host:port}
     * @return true when it is
     */
    public static boolean isOn(String address, String host) {
        return Origin.parse(origin(address))
                .filter(origin -> origin.isOf(host, origin.port()))
                .isPresent();
    }

    private static String origin(String address) {
        int path = address.indexOf('/', address.indexOf("://") + 3);
        return path < 0 ? address : address.substring(0, path);
    }

    /**
     * The address of a gate that listens by itself, as long as nobody says how else it is reached.
     *
     * @param host where it listens
     * @param port its port
     * @param tls whether it speaks TLS
     * @return the address
     */
    public static String ofListener(String host, int port, boolean tls) {
        String reached = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (tls ? "https://" : "http://") + (reached.contains(":") ? "[" + reached + "]" : reached) + ":" + port;
    }
}
