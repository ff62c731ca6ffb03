package io.pingate.servlet.proxy.upstream;

import io.pingate.http.HeaderFields;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Jetty's fields as the core reads them: name and raw value of each, untouched and in order. */
public record JettyFields(HttpFields fields) implements HeaderFields {
    /**
     * The fields of an upstream's response. A 101 or 204 has no body, whatever length it is said to have (RFC 9110,
     * section 8.6); a server that is told to send that length waits for the bytes.
     */
    public static JettyFields of(int status, HttpFields fields) {
        boolean bodiless = status == HttpStatus.NO_CONTENT_204 || HttpStatus.isInformational(status);
        return new JettyFields(bodiless ? HttpFields.build(fields).remove(HttpHeader.CONTENT_LENGTH) : fields);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (HttpField field : fields) {
            action.accept(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
        }
    }
}
