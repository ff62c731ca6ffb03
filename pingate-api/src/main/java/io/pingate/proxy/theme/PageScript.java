package io.pingate.proxy.theme;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pingate.http.syntax.CspHash;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/** A script in the form in which it is put into HTML pages: in ASCII, so that it means the same in every charset of theirs. */
public final class PageScript implements Addition {
    private static final Pattern ASCII_LINES = Pattern.compile("[\\n\\x20-\\x7E]+");
    /** What ends the element, or makes its end tag mean something else (HTML section 4.12.1.3). */
    private static final Pattern OUT_OF_PLACE = Pattern.compile("</script|<script|<!--", Pattern.CASE_INSENSITIVE);

    private static final int TAG_BYTES = 4;

    private final ByteBuffer element;
    private final String cspSource;
    private final String tag;

    private PageScript(String script) {
        CspHash hash = CspHash.of(script.getBytes(US_ASCII));
        this.element = ByteBuffer.wrap(("<script>" + script + "</script>").getBytes(US_ASCII))
                .asReadOnlyBuffer();
        this.cspSource = hash.source();
        this.tag = hash.hex(TAG_BYTES);
    }

    /**
     * Takes a script.
     *
     * @param script its text
     * @return the script
     * @throws IllegalArgumentException when it is empty, has other characters than printable ASCII and line feeds, or
     *     something in it that would end the element
     */
    public static PageScript of(String script) {
        if (!ASCII_LINES.matcher(script).matches()
                || OUT_OF_PLACE.matcher(script).find()) {
            throw new IllegalArgumentException("script: must be ASCII, without </script, <script or <!-- inside");
        }
        return new PageScript(script);
    }

    @Override
    public ByteBuffer markup() {
        return element.duplicate();
    }

    @Override
    public ContentSecurityPolicy allowedBy(ContentSecurityPolicy policies) {
        return policies.allowScript(cspSource);
    }

    @Override
    public String tag() {
        return tag;
    }

    @Override
    public String toString() {
        return "PageScript[" + tag + ", " + element.remaining() + " bytes]";
    }
}
