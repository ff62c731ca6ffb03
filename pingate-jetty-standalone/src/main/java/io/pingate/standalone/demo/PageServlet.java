package io.pingate.standalone.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/** The demo's page, with the head of the request for it filled in. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String page;

    PageServlet(String signOutPath) {
        this.page = Resources.text("demo.html").replace("{{sign-out}}", escape(signOutPath));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestHead head = RequestHead.of(request);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'self'; img-src data:; frame-ancestors 'none'");
        response.getWriter()
                .write(page.replace("{{port}}", Integer.toString(request.getLocalPort()))
                        .replace("{{request-line}}", escape(head.requestLine()))
                        .replace(
                                "{{fields}}",
                                head.fields().stream().map(PageServlet::row).collect(Collectors.joining())));
    }

    private static String row(RequestHead.Field field) {
        return "<tr" + (field.isSetByGate() ? " class=\"gate\"" : "") + "><th scope=\"row\">" + escape(field.name())
                + "</th><td>" + escape(field.value()) + "</td></tr>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
