package io.pingate.redis;

import io.github.bucket4j.TimeMeter;
import io.pingate.AttemptLimiter;
import io.pingate.AttemptSource;
import io.pingate.servlet.throttle.Allowances;
import io.pingate.servlet.throttle.BucketAttemptLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts tries for all gates together. A try is granted by three: this gate's own budget, as if it were alone, so that no gate
 * ever grants more, whatever becomes of the store; then that of all gates in the store; and while there is no store, this
 * gate's small one in its place.
 */
final class SharedTries implements AttemptLimiter {
    /** When to try again where others are being asked about for so long. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Store store;
    private final BucketAttemptLimiter own = new BucketAttemptLimiter();
    private final BucketAttemptLimiter cutOff =
            new BucketAttemptLimiter(Allowances.CUT_OFF, TimeMeter.SYSTEM_NANOTIME, line -> {});
    private final SharedKind strangers;
    private final SharedKind holders;
    /** Else many tries at once would hinder each other in the store, where the first to write wins. */
    private final ReentrantLock turn = new ReentrantLock(true);

    SharedTries(Store store, Keys keys) {
        this.store = store;
        this.strangers = SharedKind.ofStrangers(keys);
        this.holders = SharedKind.ofHolders(keys);
    }

    @Override
    public Optional<Duration> reserve(AttemptSource guesser) {
        return reserve(guesser, () -> {
            try {
                return inTurn(link -> kind(guesser).reserve(link, name(guesser)));
            } catch (IOException e) {
                // As many as the small budget holds are not to be had beside the common one.
                return e instanceof NoTurn && store.isThere() ? Optional.of(BUSY) : cutOff.reserve(guesser);
            }
        });
    }

    /** Without asking the store: what is tried so can't be found by trying, and nobody may wait. */
    @Override
    public Optional<Duration> reserveAtOnce(AttemptSource guesser) {
        return reserve(guesser, () -> store.isThere() ? kind(guesser).spent() : cutOff.reserve(guesser));
    }

    private interface Others {
        Optional<Duration> reserve();
    }

    private Optional<Duration> reserve(AttemptSource guesser, Others others) {
        Optional<Duration> refused = own.reserve(guesser);
        if (refused.isEmpty()) {
            refused = others.reserve();
            if (refused.isPresent()) {
                own.giveBack(guesser);
            }
        }
        return refused;
    }

    /** To wherever tries are taken from now; should that be another place, whoever knows the PIN has one more there. */
    @Override
    public void giveBack(AttemptSource guesser) {
        own.giveBack(guesser);
        try {
            inTurn(link -> kind(guesser).giveBack(link, name(guesser)));
        } catch (IOException e) {
            cutOff.giveBack(guesser);
        }
    }

    @Override
    public int triesLeft(AttemptSource guesser) {
        int left = own.triesLeft(guesser);
        try {
            return Math.min(left, inTurn(link -> kind(guesser).left(link, name(guesser))));
        } catch (IOException e) {
            return Math.min(left, cutOff.triesLeft(guesser));
        }
    }

    private <T> T inTurn(Store.Work<T> work) throws IOException {
        if (!isMyTurn()) {
            throw new NoTurn();
        }
        try {
            return store.ask(work);
        } finally {
            turn.unlock();
        }
    }

    private static final class NoTurn extends IOException {
        NoTurn() {
            super("too many tries at once");
        }
    }

    private boolean isMyTurn() {
        try {
            return turn.tryLock(RedisLink.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private SharedKind kind(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger ? strangers : holders;
    }

    private static String name(AttemptSource guesser) {
        return guesser instanceof AttemptSource.Stranger stranger
                ? stranger.network().toString()
                : ((AttemptSource.Holder) guesser).expiresAt().getEpochSecond() + "";
    }
}
