package io.pingate.proxy;

import io.pingate.http.InvalidValueException;
import io.pingate.http.RequestTarget;
import io.pingate.http.syntax.Authority;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a program behind the gate listens.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name, an IPv4 address or an IPv6 address in brackets; {@code localhost} for a Unix socket
 * @param port 1 to 65535
 * @param unixPath the path of a Unix domain socket, null for TCP
 * @param basePath what every target is put under: empty, or {@code /x} without a slash at its end
 */
public record Upstream(
        String scheme, String host, int port, @Nullable String unixPath, String basePath) {
    /** What fits into {@code sun_path} of Linux with its closing NUL; other systems have a few bytes less. */
    private static final int MAX_UNIX_PATH_BYTES = 107;

    private static final String UNIX = "unix:";

    /**
     * Reads {@code http://host[:port]}, {@code https://host[:port]} or {@code unix:/path}.
     *
     * @param text the address
     * @return the upstream
     * @throws IllegalArgumentException with the rule that is broken; the text isn't repeated, since it may hold a password
     */
    public static Upstream of(String text) {
        Upstream upstream = withBasePath(text);
        if (!upstream.basePath.isEmpty()) {
            throw new InvalidValueException(
                    "upstream", "must have no path; the request's own path is passed on as it is");
        }
        return upstream;
    }

    /**
     * Reads the same with a path, under which every request goes.
     *
     * @param text the address, as in {@code http://127.0.0.1:8008/llm}
     * @return the upstream
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static Upstream withBasePath(String text) {
        if (text.startsWith(UNIX)) {
            return new Upstream("http", "localhost", 80, unixPath(text.substring(UNIX.length())), "");
        }
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidValueException("upstream", "must start with http://, https:// or unix:/");
        }
        return tcp(scheme, text.substring(colon + 3));
    }

    private static Upstream tcp(String scheme, String rest) {
        refuse(rest, '@', "user name or password");
        refuse(rest, '?', "query");
        refuse(rest, '#', "fragment");
        int slash = rest.indexOf('/');
        Authority authority = Authority.parse(slash < 0 ? rest : rest.substring(0, slash))
                .orElseThrow(() -> new InvalidValueException(
                        "upstream",
                        "must name a host and at most a port of 1 to 65535, as in " + scheme + "://127.0.0.1:3050"));
        int port = authority.portOr(Authority.defaultPort(scheme));
        return new Upstream(scheme, authority.host(), port, null, slash < 0 ? "" : basePath(rest.substring(slash)));
    }

    private static String basePath(String path) {
        if (!RequestTarget.isPlainPath(path)) {
            throw new InvalidValueException("upstream", "must have a path without escapes, '//', ';' and dot segments");
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String unixPath(String path) {
        // unix:///run/x.sock is how Docker and others write it.
        String absolute = path.startsWith("///") ? path.substring(2) : path;
        if (!absolute.startsWith("/")
                || absolute.endsWith("/")
                || absolute.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    "upstream", "must give the socket's absolute path, as in unix:/run/app.sock");
        }
        if (absolute.getBytes(StandardCharsets.UTF_8).length > MAX_UNIX_PATH_BYTES) {
            throw new InvalidValueException(
                    "upstream", "must have a socket path of at most " + MAX_UNIX_PATH_BYTES + " bytes");
        }
        return absolute;
    }

    private static void refuse(String text, char forbidden, String what) {
        if (text.indexOf(forbidden) >= 0) {
            throw new InvalidValueException("upstream", "must have no " + what);
        }
    }

    /** Written out, for the reason that {@link io.pingate.http.IpAddress#equals} gives. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Upstream that
                && port == that.port
                && scheme.equals(that.scheme)
                && host.equals(that.host)
                && Objects.equals(unixPath, that.unixPath)
                && basePath.equals(that.basePath);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * host.hashCode() + port) + Objects.hashCode(unixPath);
    }

    /** {@return the address as the settings take it} */
    @Override
    public String toString() {
        return unixPath != null ? UNIX + unixPath : scheme + "://" + host + ":" + port + basePath;
    }
}
