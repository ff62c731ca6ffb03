package io.pingate.standalone.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with the request's own head, as plain text for curl. */
final class HeadersServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestHead head = RequestHead.of(request);
        StringBuilder text = new StringBuilder(head.requestLine()).append('\n');
        head.fields().forEach(field -> text.append(field.name())
                .append(": ")
                .append(field.value())
                .append('\n'));
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(text.toString());
    }
}
