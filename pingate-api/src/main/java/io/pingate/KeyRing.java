package io.pingate;

import io.pingate.http.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The key that signs, and old ones that still verify, so that a rotation signs nobody out.
 *
 * @see #withEpoch
 */
public final class KeyRing {
    /** How many times that everybody was signed out are remembered; a program that slept longer looks like a stranger. */
    private static final int LAPSED_EPOCHS = 10;

    private final List<SigningKey> keys;
    private final long epoch;
    private final List<SigningKey> derived;

    private KeyRing(List<SigningKey> keys, long epoch) {
        this.keys = List.copyOf(keys);
        this.epoch = epoch;
        this.derived = keys.stream().map(key -> key.atEpoch(epoch)).toList();
    }

    /**
     * Starts a ring.
     *
     * @param current the key that signs
     * @return a ring of this key, at epoch 0
     */
    public static KeyRing of(SigningKey current) {
        return new KeyRing(List.of(current), 0);
    }

    /**
     * Adds keys that verify but don't sign.
     *
     * @param previous old keys
     * @return a ring with them
     */
    public KeyRing withPrevious(SigningKey... previous) {
        List<SigningKey> all = new ArrayList<>(keys);
        all.addAll(List.of(previous));
        return new KeyRing(all, epoch);
    }

    /**
     * Derives every key anew: no cookie of another epoch verifies, whichever key of this ring made it.
     *
     * @param epoch 0 for the plain keys, a higher one after each lock-out of everyone
     * @return the ring at that epoch
     * @throws IllegalArgumentException when it is negative
     */
    public KeyRing withEpoch(long epoch) {
        if (epoch < 0) {
            throw new InvalidValueException("epoch", "must be 0 or more");
        }
        return new KeyRing(keys, epoch);
    }

    /**
     * Tells whether nobody is signed out when this ring takes another one's place.
     *
     * @param other the other ring
     * @return true when each key that verifies there verifies here
     */
    public boolean covers(KeyRing other) {
        return other.derived.stream().allMatch(key -> derived.stream().anyMatch(key::isSameAs));
    }

    /**
     * Keys for another kind of signed text than cookies, so that one can't be used in place of another.
     *
     * @param purpose what they are for
     */
    List<SigningKey> boundTo(String purpose) {
        return derived.stream().map(key -> key.boundTo(purpose)).toList();
    }

    /** The same of before the last times that everybody was signed out: what they signed was good once. */
    List<SigningKey> lapsedBoundTo(String purpose) {
        return LongStream.range(Math.max(0, epoch - LAPSED_EPOCHS), epoch)
                .boxed()
                .flatMap(lapsed -> keys.stream().map(key -> key.atEpoch(lapsed).boundTo(purpose)))
                .toList();
    }

    SigningKey signing() {
        return derived.get(0);
    }

    List<SigningKey> verifying() {
        return derived;
    }

    /** {@return how many keys there are, without the keys} */
    @Override
    public String toString() {
        return "KeyRing[" + keys.size() + " redacted]";
    }
}
