package io.pingate.servlet.proxy.client.jetty;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * What goes out in front of a response on Jetty: the upstream's interim responses, and {@code 100 Continue} when somebody
 * waits for the body. They go out one after the other, and none once the response itself has begun.
 *
 * <p>Jetty takes one write at a time, and of two threads the second is refused: the one that has the upstream's answer
 * would lose it to the one that asks the client for the body.
 */
final class InterimResponses {
    private static final CompletableFuture<Void> NONE = CompletableFuture.completedFuture(null);

    private final Response response;
    private final @Nullable ContinueStream continues;
    private CompletableFuture<Void> last = NONE;
    private boolean continued;
    private boolean begun;

    InterimResponses(Request request, Response response) {
        this.response = response;
        this.continues = ContinueStream.takeOver(request, response);
    }

    /** Passes one of the upstream's on. */
    void pass(int status, HttpFields fields) {
        var unused = add(() -> response.writeInterim(status, fields));
    }

    /** Asks a client that waits for it to send its body. */
    void continueThen(Runnable then) {
        ContinueStream waiting = claim();
        if (waiting == null) {
            then.run();
        } else {
            var unused = add(waiting::send).whenComplete((sent, failure) -> then.run());
        }
    }

    private synchronized @Nullable ContinueStream claim() {
        ContinueStream waiting = continued ? null : continues;
        continued = true;
        return waiting;
    }

    private synchronized CompletableFuture<Void> add(Supplier<CompletableFuture<Void>> writing) {
        if (begun) {
            return NONE;
        }
        // What became of the one before matters to nobody here: a client that has left is found by other means.
        last = last.handle((sent, failure) -> null).thenCompose(before -> writing.get());
        return last;
    }

    /** Begins the response: at once, or when the last of these is out. */
    void endThen(Runnable answering) {
        CompletableFuture<Void> before = end();
        if (before.isDone()) {
            answering.run();
        } else {
            var unused = before.whenComplete((sent, failure) -> answering.run());
        }
    }

    private synchronized CompletableFuture<Void> end() {
        begun = true;
        return last;
    }

    /** Whether nothing is on its way that the response would have to wait for. */
    synchronized boolean areOut() {
        return last.isDone();
    }
}
