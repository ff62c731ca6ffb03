package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import io.pingate.proxy.theme.ContentCoding;
import io.pingate.proxy.theme.Theme;
import io.pingate.proxy.theme.ThemeInjector;
import io.pingate.proxy.theme.ThemeRules;
import io.pingate.proxy.theme.ThemedHead;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import io.pingate.servlet.coding.ContentCodings;
import io.pingate.servlet.proxy.upstream.UpstreamClient;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/**
 * The theme's part in one exchange; the relay asks it twice. Both answers come before {@code HeaderRules} see the fields,
 * so that hop-by-hop and identity rules need not know of it.
 */
final class ThemedExchange {
    private static final int USUAL_ROOM_BYTES = 64 * 1024;
    private static final int MAX_ROOM_BYTES = UpstreamClient.MAX_POOLED_BYTES;
    private static final long MAX_PAGE_BYTES = Long.MAX_VALUE / 2;

    private final Theme theme;
    private final ThemeRules rules;
    private final String method;
    private final HeaderFields client;
    private final ContentCodings codings;
    private final ByteBufferPool buffers;

    /**
     * Begins an exchange; it keeps to this theme when another one is taken up meanwhile.
     *
     * @param theme the theme of the moment
     * @param method the request's method
     * @param client the client's fields
     * @param codings take the coding off a page, and put it on again
     * @param buffers lend the room in which a page's pieces are joined
     */
    ThemedExchange(Theme theme, String method, HeaderFields client, ContentCodings codings, ByteBufferPool buffers) {
        this.theme = theme;
        this.rules = new ThemeRules(theme);
        this.method = method;
        this.client = client;
        this.codings = codings;
        this.buffers = buffers;
    }

    /** {@return the fields to ask the upstream with, in place of the client's; often the very same object} */
    HeaderFields request() {
        return rules.request(method, client);
    }

    /**
     * Judges the upstream's response head.
     *
     * @param status the upstream's status
     * @param upstream the upstream's fields
     * @return what becomes of the response, null when it passes as it is
     */
    @Nullable
    ThemedResponse response(int status, HeaderFields upstream) {
        ThemedHead head = rules.response(method, client, status, upstream);
        if (head == null) {
            return null;
        }
        Recoding recoding = head.body();
        return new ThemedResponse(
                upstream,
                head.fields(),
                recoding == null ? start -> new PlainStage() : start -> body(recoding, upstream, start));
    }

    private @Nullable BodyStage body(Recoding recoding, HeaderFields upstream, ByteBuffer start) {
        OptionalLong length = plainLength(recoding, upstream);
        BodyStage coded = codings.around(new ThemeInjector(theme, length), recoding, start);
        return coded == null ? null : new JoinedPieces(coded, room(length), buffers);
    }

    /** Most pages fit in as a whole, and take one write. */
    private int room(OptionalLong pageLength) {
        return pageLength.isEmpty()
                ? USUAL_ROOM_BYTES
                : (int) Math.min(pageLength.getAsLong() + theme.styleElement().remaining(), MAX_ROOM_BYTES);
    }

    /** Of a coded page the length says nothing about the page itself, and one past all sense says nothing at all. */
    private static OptionalLong plainLength(Recoding body, HeaderFields upstream) {
        String field = body.from() == ContentCoding.IDENTITY ? upstream.first("Content-Length") : null;
        long length = field == null ? Long.MAX_VALUE : Long.parseLong(field.strip());
        return length > MAX_PAGE_BYTES ? OptionalLong.empty() : OptionalLong.of(length);
    }
}
