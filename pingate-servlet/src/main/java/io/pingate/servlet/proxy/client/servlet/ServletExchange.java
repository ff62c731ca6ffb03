package io.pingate.servlet.proxy.client.servlet;

import io.pingate.http.HeaderFields;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.client.LeaveListener;
import io.pingate.servlet.proxy.tunnel.Tunnel;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exchange in any container, over the Servlet API alone. */
public final class ServletExchange implements ClientExchange {
    /** On an asynchronous dispatch: the exchange whose {@link #cut} the servlet is to throw. */
    public static final String CUT = "io.pingate.cut";

    private static final Logger LOG = LoggerFactory.getLogger(ServletExchange.class);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final ServletContainer container;
    private final Lease lease = new Lease();
    private final @Nullable ServletBody body;
    private final ServletBodyWriter writer;
    private final boolean http1;
    private final boolean trailersTaken;
    private volatile Map<String, String> trailers = Map.of();
    private volatile Consumer<Throwable> whenClientLeaves = cause -> {};

    ServletExchange(
            HttpServletRequest request, HttpServletResponse response, AsyncContext async, ServletContainer container)
            throws IOException {
        this.request = request;
        this.response = response;
        this.async = async;
        this.container = container;
        this.body = ServletBody.of(request, lease, container.executor());
        this.http1 = request.getProtocol().startsWith("HTTP/1");
        this.trailersTaken = !http1 || takesTrailers(request);
        this.writer = new ServletBodyWriter(response.getOutputStream(), lease);
        async.addListener(new LeaveListener(this::clientLeft));
    }

    private static boolean takesTrailers(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.1")
                && Collections.list(request.getHeaders("TE")).stream()
                        .anyMatch(codings -> codings.toLowerCase(Locale.ROOT).contains("trailers"));
    }

    @Override
    public @Nullable ServletBody body() {
        return body;
    }

    /**
     * Never: the Servlet API has no call for it before 6.2. Tomcat 10.1 and 11 have one of their own for 103, which stays
     * in a buffer until the response is there.
     */
    @Override
    public void interim(int status, HeaderFields clientResponse) {}

    @Override
    public boolean takesTrailers() {
        return trailersTaken;
    }

    @Override
    public void trailers(HeaderFields clientResponse) {
        if (!trailersTaken) {
            return;
        }
        Map<String, String> taken = new LinkedHashMap<>();
        clientResponse.forEach((name, value) -> taken.merge(name, value, (one, other) -> one + ", " + other));
        trailers = taken;
    }

    @Override
    public void head(int status, HeaderFields clientResponse) {
        lease.use(() -> {
            response.setStatus(status);
            clientResponse.forEach(container.fields(response));
            if (isRequestStillBeingSent()) {
                response.setHeader("Connection", "close");
            }
            if (isInChunks(status, clientResponse)) {
                // With trailers, maybe none, a container keeps to chunks also where the connection is closed behind
                // them.
                response.setTrailerFields(() -> trailers);
            }
        });
    }

    /** Then the connection ends with the response, and says so (RFC 9112, section 9.6). */
    private boolean isRequestStillBeingSent() {
        return http1 && body != null && !body.isConsumed();
    }

    /** By the fields themselves: Tomcat 10.1.48 and older don't tell of a Content-Length that they were handed. */
    private boolean isInChunks(int status, HeaderFields clientResponse) {
        return (request.getProtocol().equals("HTTP/1.1") || !http1)
                && !request.getMethod().equals("HEAD")
                && status >= 200
                && status != 204
                && status != 304
                && clientResponse.first("Content-Length") == null;
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
    public void answer(Answer answer) {
        lease.end(() -> {
            response.reset();
            if (isRequestStillBeingSent()) {
                response.setHeader("Connection", "close");
            }
            try {
                AnswerWriter.write(answer, response);
            } catch (IOException clientLeft) {
                LOG.debug("nobody is left to be told of a {}", answer.status());
            }
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
    public IOException cut() {
        return container.cut(response);
    }

    @Override
    public void whenClientLeaves(Consumer<Throwable> action) {
        whenClientLeaves = action;
    }

    /** The container has met an error on the client's side; it takes request and response back after this. */
    private void clientLeft(Throwable cause) {
        lease.endAtOnce(async::complete);
        writer.onError(cause);
        whenClientLeaves.accept(cause);
    }
}
