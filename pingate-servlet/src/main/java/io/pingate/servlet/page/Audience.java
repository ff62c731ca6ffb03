package io.pingate.servlet.page;

import io.pingate.GateRequest;
import io.pingate.PinGatePaths;
import io.pingate.http.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Who reads an answer: a person with a browser, or a program.
 *
 * @param html whether the client accepts text/html
 * @param method the request's method
 * @param path the path that was asked for, as the client wrote it
 * @param host the host by which it was asked for, as the client wrote it; empty when unknown
 * @param languages the fields of its Accept-Language
 * @param navigates whether the answer becomes a page of the browser's, which it can ask for again
 */
public record Audience(
        boolean html, String method, String path, String host, List<String> languages, boolean navigates) {
    /** A program, which reads JSON. */
    public static Audience program(String method, String path) {
        return new Audience(false, method, path, "", List.of(), false);
    }

    /** The sender of a request that could be read. */
    public static Audience of(GateRequest request) {
        return of(request.method(), request.headers(), request.target().path(), request.host());
    }

    /**
     * The sender of a request.
     *
     * @param method the method
     * @param fields the request's fields
     * @param path the path, as the client wrote it
     * @param host the host on the client's side
     */
    public static Audience of(String method, HeaderFields fields, String path, String host) {
        boolean html = acceptsHtml(fields.all("Accept"));
        String mode = fields.first("Sec-Fetch-Mode");
        boolean navigates = html && method.equals("GET") && (mode == null || mode.equals("navigate"));
        return new Audience(html, method, path, host, fields.all("Accept-Language"), navigates);
    }

    /** The sender of any request, also of one that can't be read. */
    public static Audience of(HttpServletRequest request) {
        return new Audience(
                acceptsHtml(Collections.list(request.getHeaders("Accept"))),
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getHeader("Host"), ""),
                Collections.list(request.getHeaders("Accept-Language")),
                false);
    }

    private static boolean acceptsHtml(List<String> accept) {
        for (String value : accept) {
            if (value.toLowerCase(Locale.ROOT).contains("text/html")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is the form that was asked for, or sent. */
    boolean isAt(PinGatePaths paths) {
        return paths.isForm(path);
    }

    /** Whether nothing was sent that could be lost. */
    boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
