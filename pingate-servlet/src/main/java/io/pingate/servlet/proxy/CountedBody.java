package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.upstream.RequestBody;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A request's body of which every piece is counted.
 *
 * @param body the body
 * @param count is told how many bytes were read
 */
record CountedBody(RequestBody body, LongConsumer count) implements RequestBody {
    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = body.read();
        if (chunk != null && chunk.hasRemaining()) {
            count.accept(chunk.remaining());
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        body.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        body.fail(failure);
    }

    @Override
    public void fail(Throwable failure, boolean last) {
        body.fail(failure, last);
    }

    @Override
    public long getLength() {
        return body.getLength();
    }

    @Override
    public boolean isOptional() {
        return body.isOptional();
    }

    @Override
    public HeaderFields trailers() {
        return body.trailers();
    }
}
