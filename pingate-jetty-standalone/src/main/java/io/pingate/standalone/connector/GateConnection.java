package io.pingate.standalone.connector;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.proxy.client.jetty.WholeChunks;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Jetty's HTTP/1.1 connection, which tells when a request's head begins and when it ends. */
final class GateConnection extends HttpConnection implements WholeChunks {
    /** What is left of HTTP/2's preface when Jetty has read the head of a request in it (RFC 9113 section 3.4). */
    private static final int REST_OF_PREFACE = "SM\r\n\r\n".length();

    // No initializers: the constructor of the superclass calls the methods below before they would run.
    private @Nullable Heads heads;
    private boolean toHttp2;

    GateConnection(HttpConfiguration http, Connector connector, EndPoint endPoint) {
        super(http, connector, endPoint);
    }

    /** Whoever has ended a response looks for the next request at once: nothing here blocks. */
    @Override
    protected Executor getExecutor() {
        ClientEndPoint client = ClientEndPoint.of(getEndPoint());
        return client == null ? super.getExecutor() : client::takeTurn;
    }

    @Override
    protected HttpGenerator newHttpGenerator() {
        return new WholeChunkGenerator();
    }

    @Override
    protected HttpConnection.RequestHandler newRequestHandler() {
        Heads made = new Heads();
        heads = made;
        return made;
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
        HttpConfiguration http = getHttpConfiguration();
        HttpParser parser = new RequestParser(heads, http.getRequestHeaderSize(), compliance, this::headBegins);
        parser.setHeaderCacheSize(http.getHeaderCacheSize());
        parser.setHeaderCacheCaseSensitive(http.isHeaderCacheCaseSensitive());
        return parser;
    }

    private void headBegins() {
        ClientEndPoint client = ClientEndPoint.of(getEndPoint());
        if (client != null) {
            client.activity().headBegins();
        }
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
        return new Stream(method, uri, version);
    }

    /** Whether something of the request's body has still to come. */
    private boolean isBodyUnread() {
        HttpParser parser = getParser();
        return parser.hasContent() && !parser.isComplete() && parser.getContentRead() != parser.getContentLength();
    }

    /** What of the input belongs to the connection's next protocol. */
    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        ByteBuffer rest = super.onUpgradeFrom();
        ClientEndPoint client = ClientEndPoint.of(getEndPoint());
        if (toHttp2 && client != null) {
            FrameHeads frames = new FrameHeads(client.activity(), REST_OF_PREFACE);
            if (rest != null) {
                frames.received(rest);
            }
            client.follow(frames);
        }
        return rest;
    }

    private final class Stream extends HttpStreamOverHTTP1 {
        private final boolean takesChunks;
        private boolean endsWithConnection;

        private Stream(String method, String uri, HttpVersion version) {
            super(method, uri, version);
            takesChunks = version.getVersion() > HttpVersion.HTTP_1_0.getVersion();
        }

        /** A client that is told so sends no further request into a connection that an early answer ends. */
        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                ByteBuffer content,
                Callback callback) {
            if (response != null && isBodyUnread() && (last || isDelimited(response))) {
                getGenerator().setPersistent(false);
            }
            if (response != null) {
                endsWithConnection = !takesChunks && !last && response.getContentLength() < 0;
            }
            super.send(request, response, last, content, callback);
        }

        /** Where the connection's end is that of the body, only a reset tells that there was more to come. */
        @Override
        public void failed(Throwable failure) {
            ClientEndPoint client = ClientEndPoint.of(getEndPoint());
            if (endsWithConnection && client != null) {
                client.resetOnClose();
            }
            super.failed(failure);
        }

        /** Jetty would let the end of the connection be the end of any other final response. */
        private static boolean isDelimited(MetaData.Response response) {
            return response.getContentLength() >= 0 || response.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING);
        }
    }

    /** {@return who sends the head that was read last, as far as it was: for a head that can't be read to its end} */
    HeaderFields sender() {
        return heads == null ? HeaderFields.NONE : heads.sender();
    }

    private final class Heads extends HttpConnection.RequestHandler {
        private @Nullable HttpField host;
        private @Nullable HttpField accept;
        private @Nullable HttpField language;

        @Override
        public void startRequest(String method, String uri, HttpVersion version) {
            toHttp2 = HttpMethod.PRI.is(method);
            host = null;
            accept = null;
            language = null;
            super.startRequest(method, uri, version);
        }

        @Override
        public void parsedHeader(HttpField field) {
            HttpHeader known = field.getHeader();
            if (known == HttpHeader.HOST) {
                host = field;
            } else if (known == HttpHeader.ACCEPT) {
                accept = field;
            } else if (known == HttpHeader.ACCEPT_LANGUAGE) {
                language = field;
            }
            super.parsedHeader(field);
        }

        HeaderFields sender() {
            return HeaderFields.of(java.util.stream.Stream.of(host, accept, language)
                    .filter(field -> field != null && field.getValue() != null)
                    .map(field -> Map.entry(field.getName(), field.getValue()))
                    .toList());
        }

        @Override
        public boolean headerComplete() {
            boolean handle = super.headerComplete();
            ClientEndPoint client = ClientEndPoint.of(getEndPoint());
            // HTTP/2's preface is not a request yet.
            if (client != null && !toHttp2) {
                client.activity().headEnds();
            }
            return handle;
        }
    }
}
