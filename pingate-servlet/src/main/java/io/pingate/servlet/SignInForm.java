package io.pingate.servlet;

import io.pingate.PinGate;
import io.pingate.servlet.page.AnswerWriter;
import io.pingate.servlet.page.Audience;
import io.pingate.servlet.page.ErrorPages;
import io.pingate.servlet.page.FormFault;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sign-in form on its way in. Strangers send it, and one of them may send it byte by byte over many connections
 * (Slowloris): so it holds no thread while it waits, and doesn't wait for ever.
 */
final class SignInForm implements ReadListener, AsyncListener {
    /** What is done with the form, one char per byte. */
    interface Receiver {
        void receive(String form) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SignInForm.class);

    private final AsyncContext async;
    private final ServletInputStream in;
    private final ErrorPages errors;
    private final Receiver receiver;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** One byte more than permitted, which tells the gate that the form is too long. */
    private final byte[] form = new byte[PinGate.MAX_FORM_BYTES + 1];

    private int length;

    private SignInForm(AsyncContext async, ServletInputStream in, ErrorPages errors, Receiver receiver) {
        this.async = async;
        this.in = in;
        this.errors = errors;
        this.receiver = receiver;
    }

    static void read(
            HttpServletRequest request,
            HttpServletResponse response,
            Duration atMost,
            ErrorPages errors,
            Receiver receiver)
            throws IOException {
        if (!request.isAsyncSupported()) {
            // Somebody's filter before this one doesn't support it.
            readAtOnce(request, response, errors, receiver);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        SignInForm reader = new SignInForm(async, request.getInputStream(), errors, receiver);
        async.setTimeout(atMost.toMillis());
        async.addListener(reader);
        try {
            reader.in.setReadListener(reader);
        } catch (UnsupportedOperationException atOnce) {
            // No container, but somebody's tests: Spring's MockMvc has a body that is all there.
            reader.length = reader.in.readNBytes(reader.form, 0, reader.form.length);
            reader.onAllDataRead();
        }
    }

    private static void readAtOnce(
            HttpServletRequest request, HttpServletResponse response, ErrorPages errors, Receiver receiver)
            throws IOException {
        byte[] form;
        try {
            form = request.getInputStream().readNBytes(PinGate.MAX_FORM_BYTES + 1);
        } catch (IOException unreadable) {
            refuse(request, response, errors, FormFault.UNREADABLE);
            return;
        }
        receiver.receive(new String(form, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (length < form.length && in.isReady() && !in.isFinished()) {
            length += Math.max(0, in.read(form, length, form.length - length));
        }
        if (length == form.length) {
            onAllDataRead();
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        end(() -> receiver.receive(new String(form, 0, length, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        end(() -> refuse(FormFault.LATE));
    }

    /** The client broke its body off, or framed it wrongly; if it is gone, nobody is there to be answered. */
    @Override
    public void onError(Throwable failure) {
        try {
            end(() -> refuse(FormFault.UNREADABLE));
        } catch (IOException | IllegalStateException clientLeft) {
            LOG.debug("nobody is left to be told that the form can't be read");
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    @Override
    public void onComplete(AsyncEvent event) {}

    private void refuse(FormFault fault) throws IOException {
        refuse((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse(), errors, fault);
    }

    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, ErrorPages errors, FormFault fault)
            throws IOException {
        AnswerWriter.write(fault.answer(errors, Audience.of(request)), response);
        // Tomcat closes the connection as soon as it has told of a failure, whatever is still in its buffers.
        response.flushBuffer();
    }

    private void end(End last) throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                last.write();
            } finally {
                async.complete();
            }
        }
    }

    private interface End {
        void write() throws IOException;
    }
}
