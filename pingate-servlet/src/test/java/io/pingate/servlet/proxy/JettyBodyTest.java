package io.pingate.servlet.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** A body over HTTP/2, on what Jetty's request says. */
class JettyBodyTest {
    private static final Throwable LOST = new EofException("the connection was lost");

    @Test
    void end_is_none_when_a_failure_stands_behind_it() {
        JettyBody body = body(data("he"), Content.Chunk.EOF, Content.Chunk.from(LOST, true));
        Content.Chunk first = body.read();
        assertNotNull(first);
        assertEquals(2, first.remaining());
        Content.Chunk end = body.read();
        assertNotNull(end);
        assertSame(LOST, end.getFailure());
        assertSame(LOST, body.failure());
        assertFalse(body.isConsumed());
    }

    /** Else a body that was lost as a whole would make a request without one. */
    @Test
    void body_is_not_absent_when_a_failure_stands_behind_its_end() {
        Content.Chunk end =
                body(Content.Chunk.EOF, Content.Chunk.from(LOST, true)).read();
        assertTrue(Content.Chunk.isFailure(end));
    }

    @Test
    void body_is_whole_when_nothing_but_its_end_is_behind_it() {
        JettyBody body = body(data("he"), Content.Chunk.EOF, Content.Chunk.EOF);
        body.read();
        Content.Chunk end = body.read();
        assertNotNull(end);
        assertTrue(end.isLast());
        assertTrue(body.isConsumed());
    }

    private static Content.Chunk data(String text) {
        return Content.Chunk.from(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), false);
    }

    private static JettyBody body(Content.Chunk... chunks) {
        Queue<Content.Chunk> left = new ArrayDeque<>(List.of(chunks));
        JettyBody body = JettyBody.of(new Http2Request(left));
        assertNotNull(body);
        return body;
    }

    private static final class Http2Request extends Request.Wrapper {
        private final Queue<Content.Chunk> left;

        private Http2Request(Queue<Content.Chunk> left) {
            super((Request) Proxy.newProxyInstance(
                    Request.class.getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, args) -> null));
            this.left = left;
        }

        @Override
        public Content.Chunk read() {
            return left.poll();
        }

        @Override
        public long getLength() {
            return -1;
        }

        @Override
        public HttpFields getHeaders() {
            return HttpFields.EMPTY;
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return (ConnectionMetaData) Proxy.newProxyInstance(
                    Request.class.getClassLoader(),
                    new Class<?>[] {ConnectionMetaData.class},
                    (proxy, method, args) -> HttpVersion.HTTP_2);
        }
    }
}
