package io.pingate.servlet.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes the gate's own answers to servlet responses. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * Writes an answer to a request whose body may not have been read: such a connection can take no further request (RFC
     * 9112 section 9.3), and the client is told, lest it send one and lose it.
     *
     * @param answer the answer
     * @param request what is answered
     * @param response uncommitted, its body still empty; fields that were set stay
     * @throws IOException when the client is gone
     */
    public static void write(Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(hasUnreadBody(request) ? answer.with("Connection", "close") : answer, response);
    }

    /**
     * Writes an answer.
     *
     * @param answer the answer
     * @param response uncommitted, its body still empty; fields that were set stay
     * @throws IOException when the client is gone
     */
    public static void write(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.fields().forEach(response::addHeader);
        if (answer.status() == HttpServletResponse.SC_NO_CONTENT) {
            return;
        }
        byte[] body = answer.body();
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean hasUnreadBody(HttpServletRequest request) throws IOException {
        boolean hasBody = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
        // To ask for the stream of a body that the client still holds back makes some containers call for it.
        return hasBody
                && (request.getHeader("Expect") != null
                        || !request.getInputStream().isFinished());
    }
}
