package io.pingate.desync;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What both ends know of: the exchanges by their ids, and the findings. */
final class Ledger {
    /** Who comes later than that many others is not expected any more. */
    private static final int KEPT = 20_000;
    /** How many findings are kept in full. */
    private static final int ENOUGH = 200;
    /** From the upstream's decision to close a connection until the gate can have seen it, however busy the machine. */
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(10);

    final AtomicInteger begun = new AtomicInteger();
    /** How many connections the upstream has closed without a word, and when it did so last. */
    private volatile long lastUnsaidClose = Long.MIN_VALUE / 2;

    private final Set<Breach> tolerated;
    private final Map<String, Exchange> exchanges = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();
    private final List<Finding> findings = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> breaches = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> figures = new ConcurrentHashMap<>();
    private volatile long start = System.nanoTime();

    Ledger(Set<Breach> tolerated) {
        this.tolerated = tolerated;
    }

    Exchange enter(Exchange exchange) {
        exchanges.put(exchange.request.id(), exchange);
        order.add(exchange.request.id());
        if (kept.incrementAndGet() > KEPT) {
            kept.decrementAndGet();
            exchanges.remove(order.remove());
        }
        return exchange;
    }

    @Nullable
    Exchange find(String id) {
        return exchanges.get(id);
    }

    void found(Breach breach, String what, @Nullable Exchange exchange, String bytes) {
        String kind = breach + (exchange == null ? "" : " " + exchange.kind());
        int before = breaches.computeIfAbsent(kind, b -> new AtomicInteger()).getAndIncrement();
        if (!tolerated.contains(breach) && before < 2 && findings.size() < ENOUGH) {
            findings.add(
                    new Finding(breach, begun.get(), seconds(), what, exchange == null ? "" : exchange.story(), bytes));
        }
    }

    /** The clock begins to run. */
    void start() {
        start = System.nanoTime();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    void closedUnsaid() {
        lastUnsaidClose = System.nanoTime();
    }

    /** Whether a connection of the gate's may have died under a request since then, with nobody to blame. */
    boolean closedUnsaidSince(long time) {
        return lastUnsaidClose - time > -NOTICE_NANOS;
    }

    void count(String what) {
        figures.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, AtomicInteger> breaches() {
        return breaches;
    }

    Map<String, AtomicInteger> figures() {
        return figures;
    }
}
