package io.pingate.standalone.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's writer of responses, but for a body whose writer has set {@code Transfer-Encoding: chunked}: that comes in
 * chunks already (see {@link io.pingate.servlet.proxy.WholeChunks}).
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
        if (head != null && isIdle()) {
            framed = head.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING);
        }
        return super.generateResponse(head, toHead, header, chunk, content, last);
    }

    @Override
    public boolean isChunking() {
        return !framed && super.isChunking();
    }
}
