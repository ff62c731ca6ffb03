package io.pingate.servlet.webapp;

import io.pingate.proxy.headers.CacheControl;
import io.pingate.proxy.headers.CacheScope;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/**
 * The response of a webapp to somebody who is signed in, which no shared cache may keep, whatever the webapp says: it
 * knows of no gate. Its own word goes through {@link CacheControl} as it is set; where it says nothing, the response is
 * private from the moment on that it is written.
 */
public final class ScopedResponse extends HttpServletResponseWrapper {
    private static final String CACHE_CONTROL = "Cache-Control";

    private final HttpServletResponse response;
    private final CacheScope scope;

    private ScopedResponse(HttpServletResponse response, CacheScope scope) {
        super(response);
        this.response = response;
        this.scope = scope;
    }

    /** {@return the response for a webapp to write; the same one when everybody may get it} */
    public static HttpServletResponse of(HttpServletResponse response, CacheScope scope) {
        return scope == CacheScope.AS_SAID ? response : new ScopedResponse(response, scope);
    }

    /**
     * Takes the response back out, for whoever sees to its fields as a whole.
     *
     * @param response what a servlet was handed
     * @return the container's response
     */
    public static HttpServletResponse unwrap(HttpServletResponse response) {
        return response instanceof ScopedResponse scoped ? scoped.response : response;
    }

    /** The last word, unless the response is on its way: nothing was written, or nothing that passed by here. */
    public void finish() {
        if (!isCommitted() && !containsHeader(CACHE_CONTROL)) {
            super.setHeader(CACHE_CONTROL, CacheControl.of(List.of(), scope));
        }
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(CACHE_CONTROL)) {
            super.setHeader(name, CacheControl.of(value == null ? List.of() : List.of(value), scope));
        } else if (!CacheControl.isForSharedCaches(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(CACHE_CONTROL)) {
            super.addHeader(name, CacheControl.of(value == null ? List.of() : List.of(value), scope));
        } else if (!CacheControl.isForSharedCaches(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        finish();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        finish();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        finish();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        finish();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        finish();
        super.sendError(status);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        finish();
        super.sendRedirect(location);
    }
}
