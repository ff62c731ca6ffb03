package io.pingate;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a text turned out to be that is to open the gate.
 *
 * @param <T> what such a text says
 */
sealed interface PassVerdict<T> {
    /** Signed by us, and in its time. */
    record Valid<T>(T pass) implements PassVerdict<T> {}

    /** Signed by us, and of no use any more; the reason is a sentence for whoever sent it. */
    record Over<T>(String reason) implements PassVerdict<T> {}

    /** Not signed by us. */
    record Forged<T>() implements PassVerdict<T> {}

    /**
     * Judges a text; never throws, whatever it is.
     *
     * @param result whether it is signed
     * @param kind what it is called where somebody is told, as in {@code token}
     * @param reader reads what it says
     * @param inTime whether that holds now
     */
    static <T> PassVerdict<T> of(
            PassCodec.Result result, String kind, Function<String, Optional<T>> reader, Predicate<T> inTime) {
        if (result instanceof PassCodec.Result.Lapsed) {
            return new Over<>("This " + kind + " has ended, since everybody was signed out.");
        }
        Optional<T> pass = result instanceof PassCodec.Result.Authentic authentic
                ? reader.apply(authentic.payload())
                : Optional.empty();
        if (pass.isEmpty()) {
            return new Forged<>();
        }
        return inTime.test(pass.get()) ? new Valid<>(pass.get()) : new Over<>("This " + kind + " has expired.");
    }
}
