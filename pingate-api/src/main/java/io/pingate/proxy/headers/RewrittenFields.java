package io.pingate.proxy.headers;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A view of header fields, some of which change as they are read, so that the others need no copy. */
public final class RewrittenFields implements HeaderFields {
    /** What becomes of a field. */
    @FunctionalInterface
    public interface Change {
        /** {@return the field's new value, null to drop it; by its name in any case} */
        @Nullable
        String of(String name, String value);
    }

    private final HeaderFields original;
    private final Change change;
    private final HeaderFields added;

    public RewrittenFields(HeaderFields original, Change change, HeaderFields added) {
        this.original = original;
        this.change = change;
        this.added = added;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        original.forEach((name, value) -> {
            String changed = change.of(name, value);
            if (changed != null) {
                action.accept(name, changed);
            }
        });
        added.forEach(action);
    }

    @Override
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (String value : original.all(name)) {
            String changed = change.of(name, value);
            if (changed != null) {
                values.add(changed);
            }
        }
        values.addAll(added.all(name));
        return values;
    }
}
