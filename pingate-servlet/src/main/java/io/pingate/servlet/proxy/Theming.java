package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.ThemeFile;
import io.pingate.servlet.coding.ContentCodings;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * The theme of all exchanges, if there is one.
 *
 * @param file where the theme comes from, null without one
 * @param codings take the coding off a page, and put it on again
 * @param buffers lend the room in which a page's pieces are joined
 */
record Theming(@Nullable ThemeFile file, ContentCodings codings, ByteBufferPool buffers) {
    /** The theme's part in an exchange that begins now, null without a theme. */
    @Nullable
    ThemedExchange begin(String method, HeaderFields client) {
        return file == null ? null : new ThemedExchange(file.theme(), method, client, codings, buffers);
    }
}
