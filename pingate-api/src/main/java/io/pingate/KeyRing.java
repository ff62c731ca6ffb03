package io.pingate;

import io.pingate.http.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/**
 * The key that signs, and old ones that still verify, so that a rotation signs nobody out.
 *
 * @see #withEpoch
 */
public final class KeyRing {
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
