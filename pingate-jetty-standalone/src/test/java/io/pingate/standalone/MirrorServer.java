package io.pingate.standalone;

import io.pingate.servlet.config.ListenerTls;
import io.pingate.servlet.page.Dress;
import io.pingate.servlet.page.Facts;
import io.pingate.standalone.connector.AdmittedRequests;
import io.pingate.standalone.connector.ConnectionLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The server with stand-ins for gate and proxy, which tell what reaches them. */
final class MirrorServer implements AutoCloseable {
    /** Short enough to wait for, and not so short that a machine which stands still for a moment overruns them. */
    static final ConnectionLimits LIMITS =
            new ConnectionLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(8));

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final PingateServer server;

    MirrorServer() throws IOException {
        this(null);
    }

    /** One that speaks TLS, unless it has nothing to do so with. */
    MirrorServer(@Nullable Supplier<ListenerTls> tls) throws IOException {
        server = new PingateServer("127.0.0.1", 0, tls, LIMITS, new Mirror(), () -> new Dress(Facts.NONE));
        server.start();
    }

    int port() {
        return server.port();
    }

    int openConnections() {
        return server.openConnections();
    }

    /** Waits until a request for {@code /hold} has arrived. */
    void awaitHeld() throws InterruptedException {
        held.await();
    }

    /** Lets the request for {@code /hold} end. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Keeps strangers out, after having read what they have to say, and tells everybody else what was said. */
    private final class Mirror extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String path = request.getHttpURI().getPath();
            if (path.equals("/stranger")) {
                read(request);
                Response.writeError(request, response, callback, 401);
                return true;
            }
            AdmittedRequests.enter(request);
            switch (path) {
                case "/fail" -> throw new IllegalStateException("a detail that nobody outside should see");
                case "/send-error" ->
                    Response.writeError(request, response, callback, 404, "a message that nobody outside should see");
                case "/hold" -> {
                    hold();
                    tell(request, response, callback);
                }
                default -> tell(request, response, callback);
            }
            return true;
        }

        private long read(Request request) throws IOException {
            return Content.Source.asInputStream(request).transferTo(OutputStream.nullOutputStream());
        }

        private void tell(Request request, Response response, Callback callback) throws IOException {
            long length = read(request);
            StringBuilder text =
                    new StringBuilder("target " + request.getHttpURI().getPathQuery()).append('\n');
            text.append("scheme ").append(request.getHttpURI().getScheme()).append('\n');
            text.append("protocol ")
                    .append(request.getConnectionMetaData().getProtocol())
                    .append('\n');
            text.append("body ").append(length).append('\n');
            for (HttpField field : request.getHeaders()) {
                text.append(field.getName())
                        .append(": ")
                        .append(field.getValue())
                        .append('\n');
            }
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
            Content.Sink.write(response, true, text.toString(), callback);
        }

        private void hold() throws IOException {
            held.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
