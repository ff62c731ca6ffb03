package io.pingate.standalone.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's writer of responses, but for the bytes that come along with a head that says {@code Transfer-Encoding: chunked}:
 * those are a whole chunk already (see {@link io.pingate.servlet.proxy.client.jetty.WholeChunks}).
 */
final class WholeChunkGenerator extends HttpGenerator {
    private boolean framed;

    @Override
    public Result generateResponse(
            MetaData.@Nullable Response head,
            boolean toHead,
            @Nullable ByteBuffer header,
            @Nullable ByteBuffer chunk,
            @Nullable ByteBuffer content,
            boolean last)
            throws IOException {
        framed = head != null && isIdle() && head.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING);
        try {
            return super.generateResponse(head, toHead, header, chunk, content, last);
        } finally {
            framed = false;
        }
    }

    @Override
    public boolean isChunking() {
        return !framed && super.isChunking();
    }
}
