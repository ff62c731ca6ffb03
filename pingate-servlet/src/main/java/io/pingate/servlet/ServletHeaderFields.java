package io.pingate.servlet;

import io.pingate.HeaderFields;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A servlet request's fields as the core reads them. The Servlet API groups fields by name: the order is kept among
 * equal names only, which is all that has a meaning (RFC 9110, section 5.3).
 *
 * @param request the request whose fields these are
 */
public record ServletHeaderFields(HttpServletRequest request) implements HeaderFields {
    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        Iterator<String> names = request.getHeaderNames().asIterator();
        while (names.hasNext()) {
            String name = names.next();
            Iterator<String> values = request.getHeaders(name).asIterator();
            while (values.hasNext()) {
                action.accept(name, values.next());
            }
        }
    }

    @Override
    public @Nullable String first(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> all(String name) {
        return Collections.list(request.getHeaders(name));
    }
}
