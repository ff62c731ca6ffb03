package io.pingate.standalone.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with a file that belongs to the page. */
final class ResourceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final String contentType;

    ResourceServlet(String name, String contentType) {
        this.text = Resources.text(name);
        this.contentType = contentType;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-cache");
        response.getWriter().write(text);
    }
}
