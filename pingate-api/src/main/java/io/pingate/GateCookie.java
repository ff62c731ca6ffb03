package io.pingate;

import io.pingate.http.HeaderFields;
import io.pingate.http.InvalidValueException;
import io.pingate.http.syntax.HttpToken;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries the token, on its way to the client and back (RFC 6265).
 *
 * <p>A Cookie field is split at every semicolon, also between quotes, since a browser's cookie value can't hold one (RFC
 * 6265 section 5.2). Were quotes heeded, a cookie with one stray quote could hide ours from the gate, or carry it past
 * the gate to the upstream.
 *
 * @param name the cookie's name, case-sensitive
 * @param domain the domain whose hosts share the cookie (RFC 6265 section 4.1.2.3), in small letters; null for one host
 */
public record GateCookie(String name, @Nullable String domain) {
    private static final int MAX_NAME_LENGTH = 64;
    private static final String HOST_PREFIX = "__host-";
    private static final List<String> PREFIXES = List.of(HOST_PREFIX, "__secure-");
    /** The last label of an address is a number, that of a domain is none. */
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

    private static final List<String> ATTRIBUTES = List.of("$Path=", "$Domain=", "$Port=");
    private static final String VERSION = "$Version=";
    private static final String IN_FRAME = "SameSite=None; Secure; Partitioned";

    /**
     * A cookie for one host.
     *
     * @param name the cookie's name
     * @throws IllegalArgumentException when it isn't a token (RFC 9110 section 5.6.2) of 1 to 64 characters
     */
    public GateCookie(String name) {
        this(name, null);
    }

    /**
     * Takes a name that is safe in both header fields, and a domain that browsers take.
     *
     * @param name the cookie's name
     * @param domain the domain, or null
     * @throws IllegalArgumentException when the name isn't a token (RFC 9110 section 5.6.2) of 1 to 64 characters, or when the
     *     domain isn't one of at least two labels, in small letters
     */
    public GateCookie {
        if (name.length() > MAX_NAME_LENGTH || !HttpToken.is(name)) {
            throw new InvalidValueException("cookie name", "must be 1 to 64 letters, digits or !#$%&'*+-.^_`|~");
        }
        if (domain != null && !DOMAIN.matcher(domain).matches()) {
            throw new InvalidValueException(
                    "cookie domain", "must be a domain like example.org, of small letters, digits, '-' and dots");
        }
        if (domain != null && name.toLowerCase(Locale.ROOT).startsWith(HOST_PREFIX)) {
            throw new InvalidValueException(
                    "cookie domain", "must not be set for a cookie whose name begins with __Host-");
        }
    }

    /**
     * Cuts this cookie out of a Cookie field and leaves the others byte for byte.
     *
     * @param field the value of a Cookie field
     * @return what remains, null when nothing does; the very same string when this cookie isn't in it
     */
    public @Nullable String cutFrom(String field) {
        if (nextOwn(field, 0) < 0) {
            return field;
        }
        StringJoiner others = new StringJoiner(";");
        boolean ours = false;
        for (int start = 0; start <= field.length(); start = endOfPair(field, start) + 1) {
            ours = isOwn(field, start) || (ours && isAttribute(field, start));
            if (!ours) {
                others.add(field.substring(start, endOfPair(field, start)));
            }
        }
        // The blank behind a leading pair's semicolon goes with it.
        String trimmed = isOwn(field, 0) ? others.toString().stripLeading() : others.toString();
        return trimmed.isBlank() || isVersion(trimmed) ? null : trimmed;
    }

    /**
     * Tells whether a Set-Cookie field of an upstream would set or clear this cookie.
     *
     * @param setCookie the value of a Set-Cookie field
     * @return true when it would
     */
    public boolean isSetBy(String setCookie) {
        // Of "=name=x" browsers make a cookie without a name, which they send as "name=x".
        String pair = setCookie.strip();
        return isOwn(pair, pair.startsWith("=") ? 1 : 0);
    }

    /** The values that a client sent under this name: a browser may send several, of different paths or domains. */
    List<String> values(HeaderFields headers) {
        List<String> values = new ArrayList<>(1);
        for (String field : headers.all("Cookie")) {
            for (int own = nextOwn(field, 0); own >= 0; own = nextOwn(field, endOfPair(field, own) + 1)) {
                String pair = field.substring(own, endOfPair(field, own));
                values.add(unquoted(pair.substring(pair.indexOf('=') + 1).strip()));
            }
        }
        return values;
    }

    /** Both Max-Age and Expires: a client that knows only the latter would forget the cookie with its session. */
    String set(String value, Duration lifetime, boolean secure, Instant now) {
        return write(value, lifetime, now.plus(lifetime), ofOwnPages(secure));
    }

    /** In a frame of another site's page, where browsers keep it for frames in pages of that site alone (CHIPS). */
    String setInFrame(String value, Duration lifetime, Instant now) {
        return write(value, lifetime, now.plus(lifetime), IN_FRAME);
    }

    String clear(boolean secure) {
        return write("", Duration.ZERO, Instant.EPOCH, ofOwnPages(secure));
    }

    String clearInFrame() {
        return write("", Duration.ZERO, Instant.EPOCH, IN_FRAME);
    }

    private String ofOwnPages(boolean secure) {
        // A browser drops a cookie with either prefix unless it is Secure (RFC 6265bis section 4.1.3).
        boolean demandsSecure = PREFIXES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith);
        return "SameSite=Lax" + (secure || demandsSecure ? "; Secure" : "");
    }

    private String write(String value, Duration lifetime, Instant expires, String use) {
        return name + "=" + value + "; Path=/; Max-Age=" + lifetime.toSeconds() + "; Expires="
                + Expiry.IMF_FIXDATE.format(expires) + (domain == null ? "" : "; Domain=" + domain)
                + "; HttpOnly; " + use;
    }

    /** Where the next pair of this name starts, at or after the start of a pair; -1 when there is none. */
    private int nextOwn(String field, int from) {
        int start = from;
        while (start < field.length() && !isOwn(field, start)) {
            start = endOfPair(field, start) + 1;
        }
        return start < field.length() ? start : -1;
    }

    private boolean isOwn(String field, int start) {
        int from = skipBlanks(field, start);
        int to = skipBlanks(field, from + name.length());
        return field.startsWith(name, from) && field.startsWith("=", to);
    }

    /**
     * Tells whether a pair belongs to the cookie before it. Old clients, as Java's CookieManager, send
     * {@code $Version="1"; pingate="x"; $Path="/"} when they were not told when it expires (RFC 2965 section 3.3.4).
     */
    private static boolean isAttribute(String field, int start) {
        int from = skipBlanks(field, start);
        return ATTRIBUTES.stream().anyMatch(name -> field.regionMatches(true, from, name, 0, name.length()));
    }

    /** What remains of a field of such a client that had no other cookie. */
    private static boolean isVersion(String field) {
        return field.indexOf(';') < 0 && field.strip().regionMatches(true, 0, VERSION, 0, VERSION.length());
    }

    /** RFC 6265 section 4.1.1: a value may stand in quotes. */
    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static int endOfPair(String field, int start) {
        int semicolon = field.indexOf(';', start);
        return semicolon < 0 ? field.length() : semicolon;
    }

    private static int skipBlanks(String field, int from) {
        int i = from;
        while (i < field.length() && field.charAt(i) <= ' ') {
            i++;
        }
        return i;
    }

    /** Made for the first cookie that is set, since a start sets none. */
    private static final class Expiry {
        /** RFC 9110 section 5.6.7. */
        private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                        "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }
}
