package io.pingate.proxy.theme;

import io.pingate.http.HeaderFields;
import org.jspecify.annotations.Nullable;

/**
 * What the theme makes of a response head.
 *
 * @param fields the fields in place of the upstream's
 * @param body how the body changes, null where there is none: on a 304, and in answer to HEAD
 */
public record ThemedHead(HeaderFields fields, @Nullable Recoding body) {
    /**
     * How the page is coded on both sides of the gate.
     *
     * @param from how the upstream sends it
     * @param to how the client gets it: {@link ContentCoding#IDENTITY} or {@link ContentCoding#GZIP}
     */
    public record Recoding(ContentCoding from, ContentCoding to) {}
}
