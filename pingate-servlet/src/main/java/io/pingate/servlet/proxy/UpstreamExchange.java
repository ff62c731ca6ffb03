package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import io.pingate.proxy.BodyStage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One proxied exchange: client request to upstream request, upstream response to client response.
 *
 * <p>It ends once, with whatever comes first: the response's last byte, the client's leaving, or a failure. The
 * upstream is let go of in each case.
 */
final class UpstreamExchange
        implements Response.HeadersListener, Response.ContentSourceListener, Response.CompleteListener, Guests.Guest {
    /** Safe to send twice (RFC 9110, section 9.2.2), as long as there is no body, which could be read only once. */
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /** Writes the gate's own answer when the client has got nothing of the upstream's. */
    interface ErrorAnswer {
        void write(int status, String message);
    }

    /** Ends an exchange that was let in by a cookie which is good no more. */
    private static final class SignedOutException extends Exception {
        private static final long serialVersionUID = 1;

        SignedOutException() {
            super("everybody is signed out");
        }
    }

    /**
     * What all exchanges share.
     *
     * @param requests makes upstream requests
     * @param theming changes pages, if there is a theme
     * @param tunnels take both connections over when the upstream accepts a WebSocket
     * @param guests among whom the exchanges of signed-in clients are until their end
     * @param outages tell the log when the upstream gives no answer
     */
    record Shared(
            UpstreamRequests requests, Theming theming, WebSocketTunnels tunnels, Guests guests, Outages outages) {}

    private final Shared shared;
    private final Call call;
    private final ClientExchange client;
    private final @Nullable ThemedExchange theme;
    private final ErrorAnswer errors;
    private final long started = System.currentTimeMillis();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Request upstreamRequest;
    private volatile boolean answered;

    UpstreamExchange(Shared shared, Call call, ClientExchange client, ErrorAnswer errors) {
        this.shared = shared;
        this.call = call;
        this.client = client;
        this.theme = call.handshake() ? null : shared.theming.begin(call.method(), client.headers());
        this.errors = errors;
    }

    void start() {
        if (!call.handshake()) {
            // A WebSocket's tunnel enters by itself, and an upstream that refuses one is soon done.
            shared.guests.enter(this, call.admission());
        }
        client.whenClientLeaves(this::giveUp);
        send();
    }

    private void send() {
        HeaderFields headers = theme == null ? client.headers() : theme.request();
        Request request = shared.requests.create(call, headers, client.body());
        if (call.handshake()) {
            shared.tunnels.offer(client, request, call);
        }
        upstreamRequest = request;
        request.send(this);
    }

    @Override
    public void onHeaders(Response response) {
        if (!isPlainlyFramed(response)) {
            var unused =
                    response.abort(new HttpResponseException("a transfer coding that was not asked for", response));
            return;
        }
        answered = true;
        shared.outages.answered(call.route().upstream());
        // From here on silence is the upstream's right: an event stream may say nothing for hours.
        UpstreamClient.endPointOf(response).setIdleTimeout(0);
    }

    @Override
    public void onContentSource(Response response, Content.Source source) {
        HeaderFields upstream = JettyFields.of(response);
        ThemedResponse themed = theme == null ? null : theme.response(response.getStatus(), upstream);
        HeaderFields head = themed == null ? upstream : themed.fields();
        BodyStage stage = themed == null || themed.body() == null ? new PlainStage() : themed.body();
        new ResponseRelay(source, stage, () -> answerHead(response.getStatus(), head, stage), client, this::relayed)
                .iterate();
    }

    /** Not before the first bytes are there to go with it: a changed body may know its length by then. */
    private void answerHead(int status, HeaderFields head, BodyStage stage) {
        client.head(status, sink -> {
            call.answer(head, sink);
            stage.length().ifPresent(length -> sink.accept("Content-Length", Long.toString(length)));
            if (call.handshake()) {
                // What the client has sent for its WebSocket is not to be read as its next request.
                sink.accept("Connection", "close");
            }
        });
    }

    /** Any other coding would be dropped with the head and stay on the body (RFC 9112, section 6.1: none was asked for). */
    private static boolean isPlainlyFramed(Response response) {
        return response.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING).stream()
                .allMatch(coding -> coding.equalsIgnoreCase("chunked"));
    }

    private void relayed(@Nullable Throwable failure) {
        if (!end()) {
            return;
        }
        if (failure == null) {
            client.complete();
            stopUpload();
        } else {
            abortUpstream(failure);
            cutShort(failure);
        }
    }

    /** As long as the head is still here, the client can be told; after that, it can only be made to notice. */
    private void cutShort(Throwable failure) {
        if (client.isCommitted()) {
            client.abort(failure);
        } else {
            answer(502, "The application behind this gate has broken its answer off.");
        }
    }

    /** An answer that came before the upload's end, as a 413 does, has no use for the rest of it. */
    private void stopUpload() {
        ClientBody body = client.body();
        if (body != null && !body.isConsumed()) {
            abortUpstream(new IOException("the upstream has answered before the upload's end"));
        }
    }

    /** Without an answer so far, the client can be told: when the upstream is done with, in turn with what it says. */
    @Override
    public void signOut() {
        SignedOutException cause = new SignedOutException();
        if (answered) {
            giveUp(cause);
        } else {
            abortUpstream(cause);
        }
    }

    /** Ends both sides wherever they are. */
    private void giveUp(Throwable cause) {
        if (end()) {
            abortUpstream(cause);
            client.abort(cause);
        }
    }

    /** True for the one who ends it, and who says how. */
    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            shared.guests.leave(this);
        }
        return first;
    }

    private void abortUpstream(Throwable cause) {
        Request request = upstreamRequest;
        if (request != null) {
            UpstreamClient.abort(request, cause);
        }
    }

    /** Success is told by the relay; a failure after the head reaches it too, as the end of its source. */
    @Override
    public void onComplete(Result result) {
        if (!result.isFailed() || answered || ended.get()) {
            return;
        }
        Throwable failure = result.getFailure();
        if (isRepeatable(result.getRequest(), failure)) {
            send();
        } else if (end()) {
            answerFailure(failure);
        }
    }

    /**
     * A kept-alive connection may be closed by the upstream at the very moment of use (RFC 9112, section 9.3.1), and so
     * may the next one, all of them when the upstream restarts; a connection of our own making ends it.
     */
    private boolean isRepeatable(Request failed, Throwable failure) {
        return failure instanceof IOException
                && !(failure instanceof SocketTimeoutException)
                && client.body() == null
                && REPEATABLE.contains(call.method())
                && UpstreamClient.connectedBefore(started, failed);
    }

    private void answerFailure(Throwable failure) {
        ClientBody body = client.body();
        Throwable bodyFailure = body == null ? null : body.failure();
        if (bodyFailure != null) {
            client.abort(bodyFailure);
            return;
        }
        if (failure instanceof SignedOutException) {
            answer(401, "Everybody was signed out. Sign in again.");
            return;
        }
        shared.outages.failed(call.route().upstream(), failure);
        if (failure instanceof TimeoutException) {
            answer(504, "The application behind this gate did not answer in time.");
        } else {
            answer(502, "The application behind this gate cannot be reached.");
        }
    }

    private void answer(int status, String message) {
        client.answer(() -> errors.write(status, message));
    }
}
