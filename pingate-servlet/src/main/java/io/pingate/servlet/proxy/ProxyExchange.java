package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.proxy.BodyStage;
import io.pingate.proxy.PlainStage;
import io.pingate.servlet.event.GateListeners;
import io.pingate.servlet.event.Stay;
import io.pingate.servlet.event.UpstreamFailure;
import io.pingate.servlet.proxy.client.BodyCount;
import io.pingate.servlet.proxy.client.ClientBody;
import io.pingate.servlet.proxy.client.ClientExchange;
import io.pingate.servlet.proxy.intercept.Interception;
import io.pingate.servlet.proxy.upstream.JettyFields;
import io.pingate.servlet.proxy.upstream.RequestBody;
import io.pingate.servlet.proxy.upstream.UpstreamCall;
import io.pingate.servlet.proxy.upstream.UpstreamListener;
import io.pingate.servlet.proxy.upstream.UpstreamRequest;
import io.pingate.servlet.proxy.upstream.UpstreamResponse;
import io.pingate.servlet.proxy.upstream.Upstreams;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * One proxied exchange: client request to upstream request, upstream response to client response.
 *
 * <p>It ends once, with whatever comes first: the response's last byte, the client's leaving, or a failure. In each case
 * the upstream is let go of before the client is: once the client's side is over, the request's body may report an end
 * that is none, and nothing may believe it.
 */
final class ProxyExchange implements UpstreamListener, OpenExchanges.Exchange {
    /** Safe to send twice (RFC 9110, section 9.2.2), as long as there is no body, which could be read only once. */
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /** The field is for one hop alone, and each says for itself what it takes (RFC 9110, section 10.1.4). */
    private static final HeaderFields TAKES_TRAILERS = HeaderFields.of("Connection", "TE", "TE", "trailers");

    /** Ends an exchange that was let in by a cookie which is good no more. */
    private static final class SignedOutException extends Exception {
        private static final long serialVersionUID = 1;

        SignedOutException() {
            super("the session is over");
        }
    }

    /**
     * What all exchanges share.
     *
     * @param upstreams take requests
     * @param tunnels take both connections over when the upstream accepts a WebSocket
     * @param openExchanges among which those of signed-in clients are until their end
     * @param failures tell the log when the upstream gives no answer
     * @param executor lends a thread to a long body
     * @param listeners hear how exchanges go
     */
    record Shared(
            Upstreams upstreams,
            WebSocketTunnels tunnels,
            OpenExchanges openExchanges,
            UpstreamFailureLog failures,
            Executor executor,
            GateListeners listeners) {}

    private final Shared shared;
    private final ProxiedRequest call;
    private final ClientExchange client;
    private final @Nullable Interception interception;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable UpstreamCall upstream;
    private volatile boolean answered;
    private volatile boolean changed;
    private volatile long sentAt;

    ProxyExchange(Shared shared, ProxiedRequest call, ClientExchange client) {
        this.shared = shared;
        this.call = call;
        this.client = client;
        this.interception = call.handshake()
                ? null
                : call.interceptor().begin(call.method(), call.admission().headers());
    }

    void start() {
        shared.listeners().opened(Stay.EXCHANGE);
        if (!call.handshake()) {
            // A WebSocket's tunnel enters by itself, and an upstream that refuses one is soon done.
            shared.openExchanges.enter(this, call.admission());
        }
        client.whenClientLeaves(this::giveUp);
        send(false);
    }

    private void send(boolean fresh) {
        sentAt = System.nanoTime();
        shared.upstreams.send(request(), this, begun -> upstream = begun, fresh);
        if (ended.get()) {
            // It ended while there was no call to end.
            abortUpstream(new IOException("the client has left"));
        }
    }

    private UpstreamRequest request() {
        HeaderFields clientRequest = call.admission().headers();
        ClientBody body = client.body();
        return new UpstreamRequest(
                call.route().upstream(),
                client.selector(),
                call.method(),
                call.upstreamTarget(),
                upstreamRequest(interception == null ? clientRequest : interception.upstreamRequest()),
                counted(body),
                body == null && "0".equals(clientRequest.first("Content-Length")),
                call.handshake(),
                clientRequest.first("Expect") != null,
                call.route().headers()::upstreamRequestTrailers);
    }

    private @Nullable RequestBody counted(@Nullable RequestBody body) {
        return body == null || shared.listeners().isEmpty()
                ? body
                : new CountedBody(body, shared.listeners()::received);
    }

    private HeaderFields upstreamRequest(HeaderFields clientRequest) {
        HeaderFields fields = call.upstreamRequest(clientRequest);
        if (call.handshake()) {
            return fields.and(WebSocketHandshake.UPGRADE);
        }
        return client.takesTrailers() && clientRequest.first("TE") != null ? fields.and(TAKES_TRAILERS) : fields;
    }

    @Override
    public void interim(int status, HttpFields fields) {
        client.interim(status, call.interimResponse(new JettyFields(fields)));
    }

    @Override
    public void head(UpstreamResponse response) {
        answered = true;
        noteAnswer(response.status());
        try {
            relay(response);
        } catch (RuntimeException | Error e) {
            response.fail(e);
            relayed(response, e);
        }
    }

    private void noteAnswer(int status) {
        shared.failures.answered(call.route().upstream());
        shared.listeners().upstreamAnswered(status, System.nanoTime() - sentAt);
    }

    private void relay(UpstreamResponse response) {
        HeaderFields fields = JettyFields.of(response.status(), response.fields());
        Interception.Response intercepted =
                interception == null ? null : interception.clientResponse(response.status(), fields);
        changed = intercepted != null;
        Supplier<HeaderFields> head = intercepted == null ? () -> fields : intercepted::fields;
        BodyStage stage = intercepted == null ? new PlainStage() : intercepted;
        new ResponseRelay(
                        response,
                        stage,
                        () -> answerHead(response.status(), head.get(), stage),
                        client,
                        shared.executor(),
                        shared.listeners(),
                        failure -> relayed(response, failure))
                .iterate();
    }

    @Override
    public void switched(HttpFields fields, EndPoint endPoint) {
        if (!WebSocketAnswer.accepts(call.admission().headers().first("Sec-WebSocket-Key"), fields)) {
            endPoint.close();
            failed(new IOException("not the 101 of a WebSocket"), false);
        } else if (end()) {
            noteAnswer(101);
            shared.tunnels.open(client, fields, endPoint, call);
        } else {
            endPoint.close();
        }
    }

    /** Not before the first bytes are there to go with it: a changed body may know its length by then. */
    private void answerHead(int status, HeaderFields upstreamResponse, BodyStage stage) {
        HeaderFields fields = call.clientResponse(upstreamResponse);
        OptionalLong length = stage.length();
        if (length.isPresent()) {
            fields = fields.and(HeaderFields.of("Content-Length", Long.toString(length.getAsLong())));
        }
        client.head(status, fields);
    }

    private void relayed(UpstreamResponse response, @Nullable Throwable failure) {
        if (!end()) {
            return;
        }
        if (failure == null) {
            // The connection may serve somebody else at once.
            HttpFields trailers = response.trailers();
            finishUpstream(() -> {
                passTrailers(trailers);
                client.complete();
            });
        } else {
            abortUpstream(failure);
            cutShort(failure);
        }
    }

    /** A checksum in them would be that of the page before it was changed. */
    private void passTrailers(HttpFields trailers) {
        if (trailers.size() > 0 && !changed && client.takesTrailers()) {
            client.trailers(call.route().headers().clientResponseTrailers(new JettyFields(trailers)));
        }
    }

    /** As long as the head is still here, the client can be told; after that, it can only be made to notice. */
    private void cutShort(Throwable failure) {
        try {
            if (!client.isCommitted()) {
                answer(502, "The application behind this gate has broken its answer off.");
                return;
            }
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
        client.abort(failure);
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
            shared.openExchanges.leave(this);
            shared.listeners().closed(Stay.EXCHANGE);
        }
        return first;
    }

    private void finishUpstream(Runnable then) {
        UpstreamCall begun = upstream;
        if (begun != null) {
            begun.finish(then);
        }
    }

    private void abortUpstream(Throwable cause) {
        UpstreamCall begun = upstream;
        if (begun != null) {
            begun.abort(cause);
        }
    }

    /**
     * A kept-alive connection may be closed by the upstream at the very moment of use (RFC 9112, section 9.3.1), and so
     * may all the others be when the upstream restarts; so a new one is made then.
     */
    @Override
    public void failed(Throwable cause, boolean stale) {
        if (ended.get()) {
            return;
        }
        if (stale && client.body() == null && REPEATABLE.contains(call.method())) {
            send(true);
        } else if (end()) {
            answerFailure(cause);
        }
    }

    private void answerFailure(Throwable failure) {
        ClientBody body = client.body();
        Throwable bodyFailure = body == null ? null : body.failure();
        if (bodyFailure instanceof BodyCount.MalformedException) {
            answer(400, "This request's body has not the length that it was said to have.");
            return;
        }
        if (bodyFailure != null) {
            client.abort(bodyFailure);
            return;
        }
        if (failure instanceof SignedOutException) {
            client.answer(
                    call.error(401, "Your session has ended. Sign in again.").with("X-Pingate", "sign-in"));
            return;
        }
        shared.failures.failed(call.route().upstream(), failure);
        boolean late = failure instanceof TimeoutException;
        shared.listeners().upstreamFailed(late ? UpstreamFailure.TIMEOUT : UpstreamFailure.UNREACHABLE);
        if (late) {
            answer(504, "The application behind this gate did not answer in time.");
        } else {
            answer(502, "The application behind this gate cannot be reached.");
        }
    }

    /** The gate's own answer, when the client has got nothing of the upstream's. */
    private void answer(int status, String message) {
        client.answer(call.error(status, message));
    }
}
