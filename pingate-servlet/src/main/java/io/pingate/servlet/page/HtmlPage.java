package io.pingate.servlet.page;

import io.pingate.http.syntax.CspHash;
import java.nio.charset.StandardCharsets;

/** One of the gate's own pages, with the style that they share and the policy that lets nothing else in. */
record HtmlPage(String html) {
    private static final String STYLE = Resource.text("page.css");

    /**
     * CSP level 3. No form-action: Chromium holds it against redirects too, and would keep a signed-in browser from an
     * upstream that sends it on to another origin.
     */
    static final String POLICY = "default-src 'none'; style-src "
            + CspHash.of(STYLE.getBytes(StandardCharsets.UTF_8)).source() + "; frame-ancestors 'none'; base-uri 'none'";

    static HtmlPage load(String name) {
        return new HtmlPage(Resource.text(name)).withMarkup("style", STYLE);
    }

    /** Fills a slot with text, escaped so that it stays text in content and in quoted attributes. */
    HtmlPage with(String slot, String text) {
        return withMarkup(slot, escape(text));
    }

    /** Fills a slot with markup of our own. */
    HtmlPage withMarkup(String slot, String markup) {
        return new HtmlPage(html.replace("{{" + slot + "}}", markup));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
