package io.pingate.servlet.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One meter for each value of an enum, made in advance. */
final class Meters<E extends Enum<E>, M> {
    private final Map<E, M> meters;

    Meters(Class<E> type, Function<E, M> meter) {
        meters = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            meters.put(value, meter.apply(value));
        }
    }

    M of(E value) {
        return Objects.requireNonNull(meters.get(value));
    }
}
