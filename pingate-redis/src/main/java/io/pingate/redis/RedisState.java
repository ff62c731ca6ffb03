package io.pingate.redis;

import io.lettuce.core.RedisURI;
import io.pingate.AttemptLimiter;
import io.pingate.UsedLinks;
import io.pingate.servlet.shared.SharedState;
import io.pingate.servlet.state.Epoch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What gates share by one Redis. */
final class RedisState implements SharedState {
    private static final long PERIOD_MILLIS = 500;
    private static final long STOP_SECONDS = 15;
    private static final long POLL_MILLIS = 50;
    /** How long a command waits for the gates. */
    private static final long PATIENCE_MILLIS = 4_000;

    private final Store store;
    private final Keys keys;
    private final AttemptLimiter limiter;
    private @Nullable Running running;

    RedisState(RedisURI uri, Keys keys) {
        this.store = new Store(uri);
        this.keys = keys;
        this.limiter = new SharedTries(store, keys);
    }

    private record Running(Pulse pulse, ScheduledExecutorService ticker) {}

    @Override
    public AttemptLimiter limiter() {
        return limiter;
    }

    @Override
    public UsedLinks usedLinks(UsedLinks kept) {
        return new SharedUses(store, keys, kept);
    }

    @Override
    public synchronized void join(Epoch epoch) throws IOException {
        Pulse pulse = new Pulse(keys, epoch);
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(RedisState::thread);
        String fault = first(ticker, pulse);
        running = new Running(pulse, ticker);
        if (!fault.isEmpty() && !epoch.hasHeard()) {
            leave();
            throw new IOException("whether everybody was signed out can't be known: Redis at " + store.name()
                    + " can't be used (" + fault + "), and nothing was heard of it before that is kept in the state"
                    + " folder; start this gate when it is there");
        }
        var unused = ticker.scheduleWithFixedDelay(
                () -> store.pulse(pulse::beat), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pingate-redis");
        thread.setDaemon(true);
        return thread;
    }

    /** On its own thread, as all that is done here: Netty leaves something of its own with each that it meets. */
    private String first(ScheduledExecutorService ticker, Pulse pulse) {
        Future<String> fault = ticker.submit(() -> {
            store.open();
            return store.pulse(pulse::beat);
        });
        try {
            return fault.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException e) {
            return Reason.of(e);
        }
    }

    @Override
    public synchronized void leave() {
        Running ending = running;
        running = null;
        if (ending == null) {
            return;
        }
        ending.ticker.execute(() -> end(ending.pulse));
        ending.ticker.shutdown();
        try {
            if (!ending.ticker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                ending.ticker.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Pulse pulse) {
        try {
            store.ask(pulse::end);
        } catch (IOException away) {
            // Then it isn't known there for long that this gate ran.
        }
        store.close();
    }

    @Override
    public long signOutAll(long atLeast) throws IOException {
        return store.once(link -> {
            String number = link.run(Script.SIGN_OUT, List.of(keys.state()), List.of(atLeast + ""))
                    .get(0);
            long epoch = Long.parseLong(number);
            await(link, gate -> gate.epoch() >= epoch);
            return epoch;
        });
    }

    @Override
    public void revoke(Map<String, Long> ids) throws IOException {
        var unused = store.once(link -> {
            String list = Pulse.revoke(link, keys, ids);
            // Or a later one, which has them too.
            await(
                    link,
                    gate -> gate.list().equals(list)
                            || gate.list().equals(link.hash(keys.state()).get("revoked")));
            return true;
        });
    }

    /** A gate that runs, by what it last said. */
    private record Gate(long epoch, String list) {
        static Gate of(String said) {
            String[] words = said.split(" ", -1);
            return new Gate(Long.parseLong(words[1]), words[2]);
        }
    }

    private interface Test {
        boolean of(Gate gate) throws IOException;
    }

    /** Waits until all gates that run have taken something up. */
    private void await(RedisLink link, Test done) throws IOException {
        long start = System.nanoTime();
        while (true) {
            int gates = 0;
            int waiting = 0;
            for (String said : link.run(Script.GATES, List.of(keys.gates()), List.of())) {
                gates++;
                waiting += done.of(Gate.of(said)) ? 0 : 1;
            }
            if (gates == 0) {
                throw new IOException("no gate runs that shares by it and has the cookie name " + keys.gate());
            }
            if (waiting == 0) {
                return;
            }
            if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                throw new IOException(waiting + " of " + gates + " gates did not say so within 4 s");
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
