package io.pingate.servlet.handler;

import io.pingate.PinGate;
import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.FormFault;
import io.pingate.servlet.proxy.client.jetty.JettyAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in form on its way in. Strangers send it, and one of them may send it byte by byte over many connections
 * (Slowloris): so it holds no thread while it waits, and doesn't wait for ever.
 */
final class FormReader implements Invocable.Task {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ErrorPages errors;
    private final Function<String, CompletableFuture<Answer>> whenRead;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** One byte more than permitted, which tells the gate that the form is too long. */
    private final ByteBuffer form = ByteBuffer.allocate(PinGate.MAX_FORM_BYTES + 1);

    private Scheduler.@Nullable Task timeout;

    private FormReader(
            Request request,
            Response response,
            Callback callback,
            ErrorPages errors,
            Function<String, CompletableFuture<Answer>> whenRead) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.errors = errors;
        this.whenRead = whenRead;
    }

    /**
     * Reads the form.
     *
     * @param atMost how long it may take to arrive
     * @param errors what is answered when it can't be read
     * @param whenRead makes an answer of the form, one char per byte
     */
    static void read(
            Request request,
            Response response,
            Callback callback,
            Duration atMost,
            ErrorPages errors,
            Function<String, CompletableFuture<Answer>> whenRead) {
        FormReader reader = new FormReader(request, response, callback, errors, whenRead);
        reader.timeout = request.getComponents()
                .getScheduler()
                .schedule(reader::expired, atMost.toMillis(), TimeUnit.MILLISECONDS);
        reader.run();
    }

    @Override
    public void run() {
        while (!ended.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                refuse(FormFault.UNREADABLE);
                return;
            }
            take(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last || !form.hasRemaining()) {
                judge(last);
                return;
            }
        }
    }

    private void take(ByteBuffer bytes) {
        int length = Math.min(bytes.remaining(), form.remaining());
        form.put(bytes.slice().limit(length));
    }

    private void judge(boolean whole) {
        if (end()) {
            String text = new String(form.array(), 0, form.position(), StandardCharsets.ISO_8859_1);
            var unused = answerTo(text).whenComplete((answer, failure) -> {
                if (failure == null) {
                    JettyAnswer.write(answer, request, whole, response, callback);
                } else {
                    callback.failed(failure);
                }
            });
        }
    }

    /** Where the system gives no further thread, this says so by a throw, and nobody else would end the request. */
    private CompletableFuture<Answer> answerTo(String text) {
        try {
            return whenRead.apply(text);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void expired() {
        refuse(FormFault.LATE);
    }

    private void refuse(FormFault fault) {
        if (end()) {
            JettyAnswer.write(
                    fault.answer(errors, PinGateHandler.audience(request)), request, true, response, callback);
        }
    }

    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        Scheduler.Task running = timeout;
        if (first && running != null) {
            running.cancel();
        }
        return first;
    }

    /** Only a demand's callback that says so is called without a hop. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
