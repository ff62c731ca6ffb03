package io.pingate.servlet;

import io.pingate.servlet.page.Answer;
import io.pingate.servlet.page.AnswerWriter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an answer in a container when it is there, without a thread that waits. */
final class LaterAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(LaterAnswer.class);

    private LaterAnswer() {}

    static void write(CompletableFuture<Answer> answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!request.isAsyncSupported()) {
            // Somebody's filter before this one doesn't support it.
            AnswerWriter.write(answer.join(), request, response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        // It comes soon; a container's own end would come between the two.
        async.setTimeout(0);
        var unused = answer.thenAccept(ready -> {
            try {
                AnswerWriter.write(ready, request, response);
            } catch (IOException clientLeft) {
                LOG.debug("nobody is left to be answered");
            } finally {
                async.complete();
            }
        });
    }
}
