package io.pingate.standalone.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private final List<String> told = new ArrayList<>();

    /** What Jetty makes of it is a request to be answered with 400, and for each of those it starts a thread. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET ",
                "GET /a",
                "GET / HTTP",
                "GET / HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n"
            })
    void request_is_broken_off_and_no_bad_one_when_the_connection_ends_behind(String bytes) {
        RequestParser parser = new RequestParser(new Told(), 1_000, HttpCompliance.RFC7230, () -> {});
        ByteBuffer buffer = BufferUtil.toBuffer(bytes, StandardCharsets.ISO_8859_1);
        while (buffer.hasRemaining()) {
            parser.parseNext(buffer);
        }
        parser.parseNext(buffer);
        parser.atEOF();
        parser.parseNext(BufferUtil.EMPTY_BUFFER);
        assertEquals(List.of("early end"), told);
        assertTrue(parser.isClosed());
    }

    private final class Told implements HttpParser.RequestHandler {
        @Override
        public void startRequest(String method, String uri, HttpVersion version) {}

        @Override
        public void parsedHeader(HttpField field) {}

        @Override
        public boolean headerComplete() {
            return false;
        }

        @Override
        public boolean content(ByteBuffer item) {
            return false;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            told.add("complete");
            return true;
        }

        @Override
        public void badMessage(HttpException failure) {
            told.add("bad: " + failure.getReason());
        }

        @Override
        public void earlyEOF() {
            told.add("early end");
        }
    }
}
