package io.pingate.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.headers.RewrittenFields;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a theme, or what else is added to pages, changes in the heads of an exchange, so that caches, conditions and policies fit the changed page.
 *
 * <p>A page is a text/html response in a charset that is a superset of ASCII and a content coding that can be taken off;
 * 204, 205, 206 and 304, and downloads (Content-Disposition: attachment) are none. HEAD is told what GET would be, but for
 * the length, which only the page itself tells (RFC 9110 section 9.3.2). A policy in a {@code <meta>} element is out of
 * reach.
 */
public final class ThemeRules {
    private static final HeaderFields VARY_BY_CODING = HeaderFields.of("Vary", "Accept-Encoding");
    /** Methods whose conditions ask for a 304 (RFC 9110 section 13.1.2); with others they guard a change. */
    private static final Set<String> CONDITIONAL = Set.of("GET", "HEAD");

    private static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since");
    private static final List<String> POLICIES =
            List.of("Content-Security-Policy", "Content-Security-Policy-Report-Only");
    /** Lengths, digests and offsets of bytes that the client never sees (RFC 9530, RFC 3230, RFC 9110 section 14.3). */
    private static final List<String> ABOUT_THE_OLD_BYTES =
            List.of("Content-Length", "Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Accept-Ranges");

    private final Addition addition;
    private final ThemedEtag etag;

    /**
     * Makes the rules of a theme.
     *
     * @param addition what goes into the pages
     */
    public ThemeRules(Addition addition) {
        this.addition = addition;
        this.etag = new ThemedEtag(addition);
    }

    /**
     * Says what to ask the upstream.
     *
     * <p>On a navigation the codings asked for are cut down to gzip, and conditions are passed on only for pages that
     * the client holds with this very theme: for others a 304 would keep the old style on the screen.
     *
     * @param method the request's method
     * @param client the client's fields
     * @return the fields for the upstream, the same object when nothing changes
     */
    public HeaderFields request(String method, HeaderFields client) {
        boolean navigation = isNavigation(client);
        boolean condition = CONDITIONAL.contains(method) && (navigation || concernsThemedPage(client));
        if (!navigation && !condition) {
            return client;
        }
        HeaderFields asked = condition ? conditions(client, navigation) : HeaderFields.NONE;
        return new RewrittenFields(
                client,
                (name, value) -> {
                    if (condition && isOneOf(CONDITIONS, name)) {
                        return null;
                    }
                    return navigation && name.equalsIgnoreCase("Accept-Encoding")
                            ? ContentCoding.narrowed(value)
                            : value;
                },
                asked);
    }

    /**
     * Judges a response head.
     *
     * @param method the request's method
     * @param client the client's fields, as the client sent them
     * @param status the response's status
     * @param upstream the response's fields
     * @return the changed head, null when the response passes as it is
     */
    public @Nullable ThemedHead response(String method, HeaderFields client, int status, HeaderFields upstream) {
        if (status == 304) {
            // It updates the page that the client holds (RFC 9111 section 4.3.4), so it must say the same of it.
            return holdsThemedPage(client) ? new ThemedHead(fields(upstream, null), null) : null;
        }
        if (!HtmlPages.includes(status, upstream)) {
            return null;
        }
        ContentCoding from = ContentCoding.of(upstream);
        if (from == null) {
            return null;
        }
        boolean gzip = from != ContentCoding.IDENTITY && ContentCoding.gzipAccepted(client);
        Recoding recoding = new Recoding(from, gzip ? ContentCoding.GZIP : ContentCoding.IDENTITY);
        return new ThemedHead(fields(upstream, recoding), method.equals("HEAD") ? null : recoding);
    }

    private HeaderFields fields(HeaderFields upstream, @Nullable Recoding body) {
        boolean coded = body != null && body.from() != ContentCoding.IDENTITY;
        return new RewrittenFields(
                upstream,
                (name, value) -> changed(name, value, body),
                coded && !variesByCoding(upstream) ? VARY_BY_CODING : HeaderFields.NONE);
    }

    private @Nullable String changed(String name, String value, @Nullable Recoding body) {
        if (isOneOf(ABOUT_THE_OLD_BYTES, name)) {
            return null;
        }
        if (name.equalsIgnoreCase("ETag")) {
            return etag.mark(value);
        }
        if (isOneOf(POLICIES, name)) {
            return addition.allowedBy(ContentSecurityPolicy.parse(value)).toString();
        }
        if (name.equalsIgnoreCase("Content-Encoding")) {
            return body == null || body.from() == body.to() ? value : coding(body.to());
        }
        return value;
    }

    private static boolean isOneOf(List<String> names, String name) {
        for (String one : names) {
            if (one.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String coding(ContentCoding to) {
        return to == ContentCoding.GZIP ? "gzip" : null;
    }

    private HeaderFields conditions(HeaderFields client, boolean navigation) {
        List<String> tags = new ArrayList<>();
        for (String condition : client.all("If-None-Match")) {
            tags.addAll(etag.unmark(condition));
            if (!navigation) {
                tags.addAll(ThemedEtag.unmarked(condition));
            }
        }
        return tags.isEmpty() ? HeaderFields.NONE : HeaderFields.of("If-None-Match", String.join(", ", tags));
    }

    private boolean holdsThemedPage(HeaderFields client) {
        return client.all("If-None-Match").stream()
                .anyMatch(condition -> !etag.unmark(condition).isEmpty());
    }

    private static boolean concernsThemedPage(HeaderFields client) {
        return client.all("If-None-Match").stream().anyMatch(ThemedEtag::isMarked);
    }

    private static boolean isNavigation(HeaderFields client) {
        return client.all("Accept").stream()
                .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("text/html"));
    }

    private static boolean variesByCoding(HeaderFields upstream) {
        return upstream.all("Vary").stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value ->
                        value.contains("accept-encoding") || value.strip().equals("*"));
    }
}
