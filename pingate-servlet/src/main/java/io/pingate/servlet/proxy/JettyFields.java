package io.pingate.servlet.proxy;

import io.pingate.HeaderFields;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** Jetty's fields as the core reads them: name and raw value of each, untouched and in order. */
record JettyFields(HttpFields fields) implements HeaderFields {
    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (HttpField field : fields) {
            action.accept(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
        }
    }
}
