package io.pingate.servlet.proxy;

import io.pingate.http.HeaderFields;
import io.pingate.http.RequestTarget;
import io.pingate.proxy.Route;
import io.pingate.servlet.proxy.upstream.UpstreamCall;
import io.pingate.servlet.proxy.upstream.UpstreamListener;
import io.pingate.servlet.proxy.upstream.UpstreamRequest;
import io.pingate.servlet.proxy.upstream.UpstreamResponse;
import io.pingate.servlet.proxy.upstream.Upstreams;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Asks the tool for its start page's head, the way that requests go, to find out whether it can be used. Whatever it says
 * but "not now" (500, 502, 503, 504) is an answer: a sign-in of its own, or that it knows no HEAD.
 */
final class UpstreamCheck implements UpstreamListener {
    /** Health checks wait for a few seconds, and are to be told which of the two it is that doesn't answer. */
    private static final long PATIENCE_MILLIS = 2_000;

    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private volatile @Nullable UpstreamCall call;

    private UpstreamCheck() {}

    /**
     * Begins to ask.
     *
     * @return true when the tool can be used; comes within seconds, and never is a failure
     */
    static CompletableFuture<Boolean> of(Route tool, Upstreams upstreams, Scheduler scheduler) {
        UpstreamCheck check = new UpstreamCheck();
        Scheduler.Task late = scheduler.schedule(check::giveUp, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        upstreams.send(head(tool), check, begun -> check.call = begun, false);
        return check.ready.whenComplete((ready, failure) -> late.cancel());
    }

    private static UpstreamRequest head(Route tool) {
        HeaderFields fields = HeaderFields.of(
                "Host",
                tool.upstream().host() + ":" + tool.upstream().port(),
                "User-Agent",
                "pingate",
                "Accept",
                "*/*");
        String target = tool.upstreamTarget(RequestTarget.of("/"));
        return new UpstreamRequest(
                tool.upstream(), null, "HEAD", target, fields, null, false, false, false, UnaryOperator.identity());
    }

    private void giveUp() {
        end(new TimeoutException("a health check has waited for 2 s"));
        ready.complete(false);
    }

    @Override
    public void interim(int status, HttpFields fields) {}

    @Override
    public void head(UpstreamResponse response) {
        Content.Chunk end = response.read();
        if (end != null && end.isLast() && !Content.Chunk.isFailure(end)) {
            UpstreamCall whole = call;
            if (whole != null) {
                whole.finish(() -> {});
            }
        } else {
            end(new IOException("a HEAD has a body"));
        }
        if (end != null) {
            end.release();
        }
        ready.complete(!isUnavailable(response.status()));
    }

    private static boolean isUnavailable(int status) {
        return status == 500 || (status >= 502 && status <= 504);
    }

    @Override
    public void switched(HttpFields fields, EndPoint endPoint) {
        endPoint.close();
        ready.complete(false);
    }

    @Override
    public void failed(Throwable cause, boolean stale) {
        ready.complete(false);
    }

    private void end(Throwable cause) {
        UpstreamCall begun = call;
        if (begun != null) {
            begun.abort(cause);
        }
    }
}
