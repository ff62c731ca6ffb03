package io.pingate.servlet.proxy.upstream;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** The final response of an upstream: its head, and its body as it comes. Read by one thread at a time. */
public final class UpstreamResponse implements Content.Source {
    private final UpstreamConnection connection;
    private final int status;
    private final HttpFields fields;

    UpstreamResponse(UpstreamConnection connection, int status, HttpFields fields) {
        this.connection = connection;
        this.status = status;
        this.fields = fields;
    }

    /** {@return the status, from 200 to 999} */
    public int status() {
        return status;
    }

    /** {@return the fields, in order and with the bytes that were sent} */
    public HttpFields fields() {
        return fields;
    }

    /** {@return the trailer fields, which are known once the last chunk has been read; mostly none} */
    public HttpFields trailers() {
        return connection.trailers();
    }

    @Override
    public Content.@Nullable Chunk read() {
        return connection.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        connection.demand(demandCallback);
    }

    /** Closes the connection, since the rest of the response would be taken for the next one. */
    @Override
    public void fail(Throwable failure) {
        connection.giveUp();
    }
}
