package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.servlet.ServletHeaderFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange in any container, over the Servlet API alone. */
final class ServletExchange implements ClientExchange {
    /** On an asynchronous dispatch: the exchange whose {@link #cut} the servlet is to throw. */
    static final String CUT = "io.pingate.cut";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final ServletContainer container;
    private final Lease lease = new Lease();
    private final @Nullable ServletBody body;
    private final ServletBodyWriter writer;
    private final HttpVersion version;
    private final boolean takesTrailers;
    private volatile Map<String, String> trailers = Map.of();
    private volatile Consumer<Throwable> whenClientLeaves = cause -> {};

    ServletExchange(
            HttpServletRequest request, HttpServletResponse response, AsyncContext async, ServletContainer container)
            throws IOException {
        this.request = request;
        this.response = response;
        this.async = async;
        this.container = container;
        this.body = ServletBody.of(request, lease);
        this.version = versionOf(request);
        this.takesTrailers = ClientExchange.takesTrailers(version, Collections.list(request.getHeaders("TE")));
        this.writer = new ServletBodyWriter(response.getOutputStream(), lease);
        async.addListener(new LeaveListener(this::clientLeft));
    }

    @Override
    public HeaderFields headers() {
        HeaderFields fields = new ServletHeaderFields(request);
        return version == HttpVersion.HTTP_2 ? new JoinedCookies(fields) : fields;
    }

    private static HttpVersion versionOf(HttpServletRequest request) {
        return switch (request.getProtocol()) {
            case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
            case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
            default -> HttpVersion.HTTP_2;
        };
    }

    @Override
    public @Nullable ServletBody body() {
        return body;
    }

    /**
     * Never: the Servlet API has no call for it before 6.2. Tomcat 10.1 and 11 have one of their own for a 103, which stays in
     * a buffer until the response is there.
     */
    @Override
    public void interim(int status, Consumer<BiConsumer<String, String>> fields) {}

    @Override
    public boolean takesTrailers() {
        return takesTrailers;
    }

    @Override
    public void head(int status, Consumer<BiConsumer<String, String>> fields) {
        lease.use(() -> {
            response.setStatus(status);
            fields.accept(container.fields(response));
            boolean last = isRequestStillBeingSent();
            if (last) {
                response.setHeader("Connection", "close");
            }
            if ((last || takesTrailers) && isChunkable(status)) {
                // On a connection that ends with it, Tomcat would not chunk a body that has none.
                response.setTrailerFields(() -> trailers);
            }
        });
    }

    /** Then the connection ends with the response, and says so (RFC 9112, section 9.6). */
    private boolean isRequestStillBeingSent() {
        return body != null && !body.isConsumed() && version != HttpVersion.HTTP_2;
    }

    private boolean isChunkable(int status) {
        return version != HttpVersion.HTTP_1_0
                && !request.getMethod().equals("HEAD")
                && !HttpStatus.hasNoBody(status)
                && !response.containsHeader("Content-Length");
    }

    /** The Servlet API has one value of each name (Servlet 6.0, section 5.5); more are joined (RFC 9110, section 5.3). */
    @Override
    public void trailers(Consumer<BiConsumer<String, String>> fields) {
        if (!takesTrailers) {
            return;
        }
        Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.accept((name, value) -> joined.merge(name, value, (first, next) -> first + ", " + next));
        trailers = joined;
    }

    @Override
    public void write(ByteBuffer bytes, Callback callback) {
        writer.write(bytes, callback);
    }

    @Override
    public boolean isCommitted() {
        synchronized (lease) {
            return lease.isOver() || response.isCommitted();
        }
    }

    @Override
    public void complete() {
        lease.end(async::complete);
    }

    @Override
    public void answer(Runnable writing) {
        lease.end(() -> {
            response.reset();
            if (isRequestStillBeingSent()) {
                response.setHeader("Connection", "close");
            }
            writing.run();
            async.complete();
        });
    }

    @Override
    public void switchProtocols(Tunnel tunnel) {
        whenClientLeaves = cause -> tunnel.breakOff();
        try {
            synchronized (lease) {
                lease.check();
                request.upgrade(container.upgrade()).to(tunnel);
                complete();
            }
        } catch (IOException | ServletException | RuntimeException e) {
            tunnel.breakOff();
            abort(e);
        }
    }

    /**
     * No call of the Servlet API cuts a connection, but every container does so when a servlet throws after the head
     * is out; it must throw on a thread of the container's, so it is dispatched once more.
     */
    @Override
    public void abort(Throwable cause) {
        lease.end(() -> {
            request.setAttribute(CUT, this);
            async.dispatch();
        });
    }

    /** What the servlet has to throw when it is called once more. */
    IOException cut() {
        return container.cut(response);
    }

    @Override
    public void whenClientLeaves(Consumer<Throwable> action) {
        whenClientLeaves = action;
    }

    /** The container has met an error on the client's side; it takes request and response back after this. */
    private void clientLeft(Throwable cause) {
        lease.end(async::complete);
        writer.onError(cause);
        whenClientLeaves.accept(cause);
    }
}
