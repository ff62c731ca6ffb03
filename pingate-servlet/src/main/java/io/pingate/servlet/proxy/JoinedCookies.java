package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import java.util.function.BiConsumer;

/**
 * The fields of an HTTP/2 request as HTTP/1.1 has them. Browsers give each cookie a field of its own in HTTP/2, which
 * is to become one field again before it leaves HTTP/2 (RFC 9113 section 8.2.3); most programs read one only.
 *
 * @param fields the fields as the client sent them
 */
record JoinedCookies(HeaderFields fields) implements HeaderFields {
    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        boolean[] joined = {false};
        fields.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Cookie")) {
                action.accept(name, value);
            } else if (!joined[0]) {
                joined[0] = true;
                action.accept(name, String.join("; ", fields.all(name)));
            }
        });
    }
}
