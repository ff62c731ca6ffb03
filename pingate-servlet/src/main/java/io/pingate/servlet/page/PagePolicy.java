package io.pingate.servlet.page;

import io.pingate.http.syntax.CspHash;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The style and the script that the gate's pages share, and the policy that lets nothing else in. */
final class PagePolicy {
    static final String STYLE = compact(Resource.text("page.css"));

    /** Every page works without it. */
    static final String SCRIPT = compact(Resource.text("page.js"));

    static final String UNFRAMED = "frame-ancestors 'none'";

    /**
     * CSP level 3. Pictures are data of the page itself. No form-action: Chromium holds it against redirects too, and would
     * keep a signed-in browser from an upstream that sends it on to another origin.
     */
    static final String POLICY = "default-src 'none'; style-src " + hash(STYLE) + "; script-src " + hash(SCRIPT)
            + "; img-src data:; " + UNFRAMED + "; base-uri 'none'";

    private PagePolicy() {}

    private static String hash(String text) {
        return CspHash.of(text.getBytes(StandardCharsets.UTF_8)).source();
    }

    static String compact(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
