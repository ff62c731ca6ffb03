package io.pingate;

import io.pingate.http.HeaderFields;
import java.util.List;
import java.util.Locale;

/**
 * Whether a client is to be asked for a name and a password. Git, WebDAV clients and others send none before they are asked
 * by a 401 (RFC 7617); a browser would open a window of its own, whose password nobody has.
 *
 * <p>So only who shows no sign of a browser is asked. All of them call themselves Mozilla, and Apple's players, which play
 * what stands in a page, call themselves CoreMedia; most say by Fetch Metadata and Origin what they ask for, and accept
 * text/html where somebody would see an answer.
 */
final class BasicChallenge {
    private static final List<String> BROWSERS = List.of("mozilla/", "applecoremedia/");
    private static final String FETCH_METADATA = "sec-fetch-";

    private BasicChallenge() {}

    static boolean suits(GateRequest request) {
        HeaderFields headers = request.headers();
        String agent = headers.first("User-Agent");
        return agent != null
                && !agent.isBlank()
                && BROWSERS.stream().noneMatch(agent.strip().toLowerCase(Locale.ROOT)::startsWith)
                && headers.first("Origin") == null
                && headers.first("Upgrade") == null
                && !Navigation.acceptsHtml(headers)
                && !hasFetchMetadata(headers);
    }

    private static boolean hasFetchMetadata(HeaderFields headers) {
        boolean[] found = {false};
        headers.forEach(
                (name, value) -> found[0] |= name.regionMatches(true, 0, FETCH_METADATA, 0, FETCH_METADATA.length()));
        return found[0];
    }
}
