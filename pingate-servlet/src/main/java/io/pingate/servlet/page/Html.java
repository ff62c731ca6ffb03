package io.pingate.servlet.page;

/** Text in markup. */
final class Html {
    private Html() {}

    /** {@return the text, escaped so that it stays text in content and in quoted attributes} */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
