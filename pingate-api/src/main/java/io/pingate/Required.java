package io.pingate;

import io.pingate.http.InvalidValueException;
import org.jspecify.annotations.Nullable;

/** What a builder can't do without. */
final class Required {
    private Required() {}

    /** @throws IllegalArgumentException naming the parameter when it was never set */
    static <T> T value(String name, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException(name, "must be set");
        }
        return value;
    }
}
