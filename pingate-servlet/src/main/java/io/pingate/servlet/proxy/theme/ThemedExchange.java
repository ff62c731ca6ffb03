package io.pingate.servlet.proxy.theme;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import io.pingate.proxy.PlainStage;
import io.pingate.proxy.theme.Addition;
import io.pingate.proxy.theme.ContentCoding;
import io.pingate.proxy.theme.ThemeInjector;
import io.pingate.proxy.theme.ThemeRules;
import io.pingate.proxy.theme.ThemedHead;
import io.pingate.proxy.theme.ThemedHead.Recoding;
import io.pingate.servlet.proxy.intercept.Interception;
import io.pingate.servlet.proxy.theme.coding.ContentCodings;
import io.pingate.servlet.proxy.upstream.UpstreamConnector;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/** The theme's part in one exchange. */
final class ThemedExchange implements Interception {
    private static final int USUAL_ROOM_BYTES = 64 * 1024;
    private static final int MAX_ROOM_BYTES = UpstreamConnector.MAX_POOLED_BYTES;
    private static final long MAX_PAGE_BYTES = Long.MAX_VALUE / 2;

    private final Addition addition;
    private final ThemeRules rules;
    private final String method;
    private final HeaderFields clientRequest;
    private final ContentCodings codings;
    private final ByteBufferPool buffers;

    /**
     * Begins an exchange.
     *
     * @param addition what is put in at the moment
     * @param method the request's method
     * @param clientRequest the client's fields
     * @param codings take the coding off a page, and put it on again
     * @param buffers lend the room in which a page's pieces are joined
     */
    ThemedExchange(
            Addition addition,
            String method,
            HeaderFields clientRequest,
            ContentCodings codings,
            ByteBufferPool buffers) {
        this.addition = addition;
        this.rules = new ThemeRules(addition);
        this.method = method;
        this.clientRequest = clientRequest;
        this.codings = codings;
        this.buffers = buffers;
    }

    @Override
    public HeaderFields upstreamRequest() {
        return rules.request(method, clientRequest);
    }

    @Override
    public @Nullable ThemedResponse clientResponse(int status, HeaderFields upstreamResponse) {
        ThemedHead head = rules.response(method, clientRequest, status, upstreamResponse);
        if (head == null) {
            return null;
        }
        Recoding recoding = head.body();
        return new ThemedResponse(
                upstreamResponse,
                head.fields(),
                recoding == null ? start -> new PlainStage() : start -> body(recoding, upstreamResponse, start));
    }

    private @Nullable BodyStage body(Recoding recoding, HeaderFields upstreamResponse, ByteBuffer start) {
        OptionalLong length = plainLength(recoding, upstreamResponse);
        BodyStage coded = codings.around(new ThemeInjector(addition, length), recoding, start);
        return coded == null ? null : new CoalescingStage(coded, room(length), buffers);
    }

    /** Most pages fit in as a whole, and take one write. */
    private int room(OptionalLong pageLength) {
        return pageLength.isEmpty()
                ? USUAL_ROOM_BYTES
                : (int) Math.min(pageLength.getAsLong() + addition.markup().remaining(), MAX_ROOM_BYTES);
    }

    /** Of a coded page the length says nothing about the page itself, and one past all sense says nothing at all. */
    private static OptionalLong plainLength(Recoding body, HeaderFields upstreamResponse) {
        String field = body.from() == ContentCoding.IDENTITY ? upstreamResponse.first("Content-Length") : null;
        long length = field == null ? Long.MAX_VALUE : Long.parseLong(field.strip());
        return length > MAX_PAGE_BYTES ? OptionalLong.empty() : OptionalLong.of(length);
    }
}
