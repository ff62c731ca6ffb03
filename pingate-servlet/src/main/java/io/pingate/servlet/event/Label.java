package io.pingate.servlet.event;

import java.util.Locale;

/** What a value of an enum is called in logs and metrics. */
final class Label {
    private Label() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
