package io.pingate.servlet.proxy.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.Upstream;
import java.io.EOFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private final List<String> told = new ArrayList<>();

    /**
     * A kept connection ends just before the request is written to it: its reader stops the writer, and only then says
     * what has happened, which is that the request may be sent again.
     */
    @Test
    void request_counts_as_lost_on_a_stale_connection_when_that_ends_before_it_is_written() {
        UpstreamRequest request = new UpstreamRequest(
                Upstream.of("http://127.0.0.1:1"),
                null,
                "GET",
                "/",
                HeaderFields.NONE,
                null,
                false,
                false,
                false,
                trailers -> trailers);
        Upstreams upstreams = new Upstreams(
                new UpstreamConnector(new QueuedThreadPool(8), Duration.ofSeconds(1)), Duration.ofSeconds(1));
        UpstreamCall call = new UpstreamCall(upstreams, request, new Told());
        RequestWriter writer = new RequestWriter(new ByteArrayEndPoint(), Runnable::run, request, call);
        writer.stop();
        writer.iterate();
        assertEquals(List.of(), told);
        call.broken(new EOFException("closed"), true);
        assertEquals(List.of("closed, stale: true"), told);
    }

    private final class Told implements UpstreamListener {
        @Override
        public void interim(int status, HttpFields fields) {
            told.add("interim");
        }

        @Override
        public void head(UpstreamResponse response) {
            told.add("head");
        }

        @Override
        public void switched(HttpFields fields, EndPoint endPoint) {
            told.add("switched");
        }

        @Override
        public void failed(Throwable cause, boolean stale) {
            told.add(cause.getMessage() + ", stale: " + stale);
        }
    }
}
