package io.pingate.standalone.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The head of a request as it arrives at the upstream. */
record RequestHead(String requestLine, List<Field> fields) {
    /** A header field. */
    record Field(String name, String value) {
        /** Whether the gate sets such fields, and takes them from clients. */
        boolean isSetByGate() {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.startsWith("x-forwarded-") || lower.startsWith("x-trusted-user-");
        }
    }

    static RequestHead of(HttpServletRequest request) {
        String query = request.getQueryString();
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        List<Field> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(new Field(name, value));
            }
        }
        return new RequestHead(request.getMethod() + " " + target, fields);
    }
}
