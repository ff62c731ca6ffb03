package io.pingate.examples.webapp;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps notes in memory. Who may read and write them is the gate's business, and so is who wrote them. */
public final class NotesServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient List<String> notes = new CopyOnWriteArrayList<>();

    /** Called by the container. */
    public NotesServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        for (String note : notes) {
            response.getWriter().println(note);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = request.getParameter("text");
        if (text == null || text.isBlank()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "a note has a text");
            return;
        }
        // What PINGATE_TRUSTED_EMAIL says; the client has no say in it.
        String author = request.getRemoteUser();
        notes.add(author == null ? text : author + ": " + text);
        response.sendRedirect("notes");
    }
}
