package io.pingate.proxy;

import io.pingate.HeaderFields;
import io.pingate.proxy.ThemedHead.Recoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a theme changes in the heads of an exchange, so that caches, conditions and policies fit the changed page.
 *
 * <p>A page is a text/html response in a charset that is a superset of ASCII and a content coding that can be taken off;
 * answers to HEAD, 204, 205, 206 and 304, and downloads (Content-Disposition: attachment) are none. A policy in a
 * {@code <meta>} element is out of reach.
 */
public final class ThemeRules {
    private final Theme theme;
    private final ThemedEtag etag;

    /**
     * Makes the rules of a theme.
     *
     * @param theme what goes into the pages
     */
    public ThemeRules(Theme theme) {
        this.theme = theme;
        this.etag = new ThemedEtag(theme);
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
        if (method.equals("HEAD")) {
            return client;
        }
        boolean navigation = isNavigation(client);
        boolean condition = method.equals("GET") && (navigation || concernsThemedPage(client));
        if (!navigation && !condition) {
            return client;
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        client.forEach((name, value) -> {
            switch (name.toLowerCase(Locale.ROOT)) {
                case "accept-encoding" ->
                    fields.add(Map.entry(name, navigation ? ContentCoding.narrowed(value) : value));
                case "if-none-match", "if-modified-since" -> {
                    if (!condition) {
                        fields.add(Map.entry(name, value));
                    }
                }
                default -> fields.add(Map.entry(name, value));
            }
        });
        List<String> tags = condition ? tagsToAsk(client, navigation) : List.of();
        if (!tags.isEmpty()) {
            fields.add(Map.entry("If-None-Match", String.join(", ", tags)));
        }
        return HeaderFields.of(fields);
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
        if (method.equals("HEAD")) {
            return null;
        }
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
        return new ThemedHead(fields(upstream, recoding), recoding);
    }

    private HeaderFields fields(HeaderFields upstream, @Nullable Recoding body) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        upstream.forEach((name, value) -> {
            String changed = changed(name, value, body);
            if (changed != null) {
                fields.add(Map.entry(name, changed));
            }
        });
        if (body != null && body.from() != ContentCoding.IDENTITY && !variesByCoding(upstream)) {
            fields.add(Map.entry("Vary", "Accept-Encoding"));
        }
        return HeaderFields.of(fields);
    }

    private @Nullable String changed(String name, String value, @Nullable Recoding body) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            // Lengths, digests and offsets of bytes that the client never sees (RFC 9530, RFC 3230, RFC 9110 14.3).
            case "content-length", "content-md5", "digest", "content-digest", "repr-digest", "accept-ranges" -> null;
            case "etag" -> etag.mark(value);
            case "content-security-policy", "content-security-policy-report-only" ->
                ContentSecurityPolicy.parse(value).allowStyle(theme.cspSource()).toString();
            case "content-encoding" -> body == null || body.from() == body.to() ? value : coding(body.to());
            default -> value;
        };
    }

    private static @Nullable String coding(ContentCoding to) {
        return to == ContentCoding.GZIP ? "gzip" : null;
    }

    private List<String> tagsToAsk(HeaderFields client, boolean navigation) {
        List<String> tags = new ArrayList<>();
        for (String condition : client.all("If-None-Match")) {
            tags.addAll(etag.unmark(condition));
            if (!navigation) {
                tags.addAll(ThemedEtag.unmarked(condition));
            }
        }
        return tags;
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
