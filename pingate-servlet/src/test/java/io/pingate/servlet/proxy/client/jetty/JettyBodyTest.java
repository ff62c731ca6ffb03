package io.pingate.servlet.proxy.client.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Test;

/** A body over HTTP/2, on what Jetty's request says. */
class JettyBodyTest {
    @Test
    void end_is_none_when_the_connection_is_lost() {
        Client client = new Client();
        JettyBody body = client.body(data("he"), Content.Chunk.EOF);
        Content.Chunk first = body.read();
        assertNotNull(first);
        assertEquals(2, first.remaining());
        client.lost = true;
        assertTrue(Content.Chunk.isFailure(body.read()));
        assertNotNull(body.failure());
        assertFalse(body.isConsumed());
    }

    /** Else a body that was lost as a whole would make a request without one. */
    @Test
    void body_is_not_absent_when_the_connection_is_lost() {
        Client client = new Client();
        client.lost = true;
        assertTrue(Content.Chunk.isFailure(client.body(Content.Chunk.EOF).read()));
    }

    @Test
    void body_is_whole_when_its_end_has_come() {
        JettyBody body = new Client().body(data("he"), Content.Chunk.EOF);
        body.read();
        Content.Chunk end = body.read();
        assertNotNull(end);
        assertTrue(end.isLast());
        assertFalse(Content.Chunk.isFailure(end));
        assertTrue(body.isConsumed());
    }

    private static Content.Chunk data(String text) {
        return Content.Chunk.from(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), false);
    }

    /** What Jetty says of a client, and of its request. */
    private static final class Client {
        private boolean lost;

        private JettyBody body(Content.Chunk... chunks) {
            Queue<Content.Chunk> left = new ArrayDeque<>(List.of(chunks));
            EndPoint endPoint =
                    saying(EndPoint.class, name -> name.equals("isOpen") || (lost && name.equals("isInputShutdown")));
            Connection connection = saying(Connection.class, name -> endPoint);
            ConnectionMetaData metaData = saying(
                    ConnectionMetaData.class, name -> name.equals("getHttpVersion") ? HttpVersion.HTTP_2 : connection);
            Request request = saying(Request.class, name -> switch (name) {
                case "getLength" -> -1L;
                case "getHeaders" -> HttpFields.EMPTY;
                case "getConnectionMetaData" -> metaData;
                case "read" -> left.remove();
                default -> null;
            });
            JettyBody body = JettyBody.of(request, new InterimResponses(request, saying(Response.class, name -> null)));
            assertNotNull(body);
            return body;
        }

        private static <T> T saying(Class<T> type, Function<String, Object> answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> answers.apply(method.getName())));
        }
    }
}
