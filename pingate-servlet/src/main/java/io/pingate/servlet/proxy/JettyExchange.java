package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An exchange on Jetty, over Jetty's own request and response below the Servlet API: header bytes stay as they are
 * (the Servlet side rewrites Content-Type), buffers are not copied, and a client that leaves is noticed in silence.
 */
final class JettyExchange implements ClientExchange {
    private final ServletContextRequest request;
    private final Response response;
    private final AsyncContext async;
    private final @Nullable JettyBody body;
    private final ClientWatch watch;
    private CompletableFuture<?> interim = CompletableFuture.completedFuture(null);
    private volatile @Nullable HttpFields trailers;
    private @Nullable LeaveListener leaving;
    private ClientWatch.@Nullable Entry watched;

    JettyExchange(HttpServletRequest servletRequest, AsyncContext async, ClientWatch watch) {
        this.request = ServletContextRequest.getServletContextRequest(servletRequest);
        this.response = request.getServletContextResponse().getWrapped();
        this.async = async;
        this.body = JettyBody.of(request);
        this.watch = watch;
        if (version().getVersion() < HttpVersion.HTTP_2.getVersion()) {
            Http1Response.takeOver(request, response, body);
        }
    }

    @Override
    public HeaderFields headers() {
        HeaderFields fields = new JettyFields(request.getHeaders());
        return version().getVersion() < HttpVersion.HTTP_2.getVersion() ? fields : new JoinedCookies(fields);
    }

    @Override
    public @Nullable JettyBody body() {
        return body;
    }

    @Override
    public void interim(int status, Consumer<BiConsumer<String, String>> fields) {
        if (version().getVersion() > HttpVersion.HTTP_1_0.getVersion()) {
            HttpFields sent = fieldsOf(fields);
            interim =
                    interim.handle((previous, failure) -> sent).thenCompose(now -> response.writeInterim(status, now));
        }
    }

    @Override
    public boolean takesTrailers() {
        return ClientExchange.takesTrailers(version(), request.getHeaders().getValuesList(HttpHeader.TE));
    }

    private HttpVersion version() {
        return request.getConnectionMetaData().getHttpVersion();
    }

    private static HttpFields fieldsOf(Consumer<BiConsumer<String, String>> fields) {
        HttpFields.Mutable all = HttpFields.build();
        fields.accept((name, value) -> all.add(new HttpField(name, value)));
        return all.asImmutable();
    }

    @Override
    public void head(int status, Consumer<BiConsumer<String, String>> fields) {
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        fields.accept((name, value) -> add(headers, new HttpField(name, value)));
        if (takesTrailers() && !headers.contains(HttpHeader.CONTENT_LENGTH)) {
            response.setTrailersSupplier(() -> trailers);
        }
    }

    @Override
    public void trailers(Consumer<BiConsumer<String, String>> fields) {
        trailers = fieldsOf(fields);
    }

    /** What the server has put in of its own gives way to what the upstream says. */
    private static void add(HttpFields.Mutable headers, HttpField field) {
        if (field.getHeader() == HttpHeader.DATE || field.getHeader() == HttpHeader.SERVER) {
            headers.put(field);
        } else {
            headers.add(field);
        }
    }

    @Override
    public void write(ByteBuffer bytes, Callback callback) {
        response.write(false, bytes, callback);
    }

    @Override
    public boolean isCommitted() {
        return response.isCommitted();
    }

    @Override
    public void complete() {
        letGo();
        if (!response.isCommitted() && request.getMethod().equals("HEAD")) {
            // Completed as it is, it would say Content-Length: 0, which is what the GET has (RFC 9110 section 9.3.2).
            response.write(false, BufferUtil.EMPTY_BUFFER, Callback.from(async::complete));
        } else {
            async.complete();
        }
    }

    @Override
    public void answer(Runnable writing) {
        request.getServletContextResponse().getServletApiResponse().reset();
        writing.run();
        complete();
    }

    @Override
    public void switchProtocols(Tunnel tunnel) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPointEnd client = new EndPointEnd(endPoint, request.getComponents().getExecutor(), tunnel::join);
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, client);
        Request.addCompletionListener(request, failure -> {
            if (failure != null) {
                tunnel.breakOff();
            }
        });
        complete();
    }

    @Override
    public void abort(Throwable cause) {
        letGo();
        if (leaving != null && leaving.heard()) {
            async.complete();
        } else {
            request.getServletChannel().abort(cause);
        }
    }

    @Override
    public void whenClientLeaves(Consumer<Throwable> action) {
        // HTTP/2 tells it by a reset of the stream; on HTTP/1.1 somebody has to look.
        leaving = new LeaveListener(action);
        async.addListener(leaving);
        watched = watch.add(request, body, action);
    }

    /** The connection is Jetty's own again: the next request may be read from it. */
    private void letGo() {
        if (body != null) {
            body.end();
        }
        ClientWatch.Entry entry = watched;
        if (entry != null) {
            watched = null;
            watch.remove(entry);
        }
    }
}
