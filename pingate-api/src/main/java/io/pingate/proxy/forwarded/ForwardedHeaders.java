package io.pingate.proxy.forwarded;

import io.pingate.http.HeaderFields;
import io.pingate.http.IpAddress;
import io.pingate.http.syntax.Authority;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges who the client is and how it came, from the connection and from what trusted proxies say.
 *
 * <p>X-Forwarded-* is a convention, not a standard. RFC 7239 ({@code Forwarded}) is one, but the tunnels that stand
 * before gates don't send it, so any {@code Forwarded} comes from somebody else and is dropped unread.
 */
public final class ForwardedHeaders {
    private static final String PREFIX = "X-Forwarded-";

    private final TrustedProxies trusted;

    /**
     * Makes a judge.
     *
     * @param trusted whose word counts
     */
    public ForwardedHeaders(TrustedProxies trusted) {
        this.trusted = trusted;
    }

    /**
     * Judges a request.
     *
     * @param peer the other end of the connection
     * @param scheme the connection's scheme, {@code http} or {@code https}
     * @param host the Host field, null when there is none
     * @param headers the client's header fields
     * @return how the client reached the gate
     */
    public Forwarding of(IpAddress peer, String scheme, @Nullable String host, HeaderFields headers) {
        HeaderFields believed = trusted.trusts(peer) ? forwardedFields(headers) : HeaderFields.NONE;
        if (believed == HeaderFields.NONE) {
            return direct(peer, scheme, host);
        }
        ForwardedChain chain = ForwardedChain.of(peer, believed.all("X-Forwarded-For"), trusted);
        String seenScheme = scheme(believed, chain.hops()).orElse(scheme);
        Optional<Authority> seenHost = lastWord(believed, "X-Forwarded-Host")
                .flatMap(Authority::parse)
                .or(() -> Optional.ofNullable(host).flatMap(Authority::parse));
        int port = lastWord(believed, "X-Forwarded-Port")
                .map(Authority::port)
                .filter(number -> number > 0)
                .or(() -> seenHost.map(Authority::port).filter(number -> number > 0))
                .orElse(Authority.defaultPort(seenScheme));
        return new Forwarding(
                chain.client(), seenScheme, seenHost.map(Authority::toString).orElse(""), port, chain.text());
    }

    /** Without a proxy that is believed, and as most requests come: nothing is there to be read. */
    private static Forwarding direct(IpAddress peer, String scheme, @Nullable String host) {
        Authority named = host == null ? null : Authority.parse(host).orElse(null);
        int port = named == null ? Authority.defaultPort(scheme) : named.portOr(Authority.defaultPort(scheme));
        return new Forwarding(peer, scheme, named == null ? "" : named.toString(), port, peer.toString());
    }

    /** The few fields that are looked at, mostly none, so that the others are gone through once. */
    private static HeaderFields forwardedFields(HeaderFields headers) {
        List<Map.Entry<String, String>> fields = new ArrayList<>(0);
        headers.forEach((name, value) -> {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                fields.add(Map.entry(name, value));
            }
        });
        return fields.isEmpty() ? HeaderFields.NONE : HeaderFields.of(fields);
    }

    /**
     * The scheme that the client used. Where each proxy appends its own, the list runs beside X-Forwarded-For, and the
     * entry of the proxy that saw the client counts; where they replace it, the only one there is.
     *
     * <p>Traefik writes {@code ws} and {@code wss} for a WebSocket handshake.
     */
    private static Optional<String> scheme(HeaderFields believed, int hops) {
        return word(believed, "X-Forwarded-Proto", hops).flatMap(word -> switch (word.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> Optional.of("http");
            case "https", "wss" -> Optional.of("https");
            default -> Optional.empty();
        });
    }

    /**
     * The last entry of a list. A proxy that appends where others replace leaves the client's own claim in front, and
     * what stands last is the word of the peer that is trusted (MDN, X-Forwarded-For, "Security and privacy concerns").
     */
    private static Optional<String> lastWord(HeaderFields fields, String name) {
        return word(fields, name, 1);
    }

    /** An entry of a list, counted from the right, which begins with 1; the first one when there are fewer. */
    private static Optional<String> word(HeaderFields fields, String name, int fromTheRight) {
        List<String> lines = fields.all(name);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String list = String.join(",", lines);
        int end = list.length();
        int comma = list.lastIndexOf(',');
        for (int i = 1; i < fromTheRight && comma >= 0; i++) {
            end = comma;
            comma = list.lastIndexOf(',', end - 1);
        }
        return Optional.of(list.substring(comma + 1, end).strip());
    }
}
