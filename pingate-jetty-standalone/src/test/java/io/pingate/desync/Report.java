package io.pingate.desync;

import java.util.TreeMap;

/** What a hunt has brought home. */
public final class Report {
    private final Hunt.Plan plan;
    private final Ledger ledger;
    private final double seconds;

    Report(Hunt.Plan plan, Ledger ledger) {
        this.plan = plan;
        this.ledger = ledger;
        this.seconds = ledger.seconds();
    }

    /** {@return whether every byte was where it belongs} */
    public boolean isClean() {
        return ledger.findings().isEmpty();
    }

    /** {@return one line about the hunt and one for each figure} */
    public String summary() {
        StringBuilder text = new StringBuilder("%d exchanges in %.1f s (%.0f/s), seed %d, %d clients%n"
                .formatted(ledger.begun.get(), seconds, ledger.begun.get() / seconds, plan.seed(), plan.connections()));
        new TreeMap<>(ledger.figures())
                .forEach((what, count) -> text.append("  %7d %s%n".formatted(count.get(), what)));
        new TreeMap<>(ledger.breaches())
                .forEach((breach, count) -> text.append("  %7d BREACH %s%n".formatted(count.get(), breach)));
        return text.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(summary());
        text.append("Again: -Ddesync.seed=").append(plan.seed()).append('\n');
        ledger.findings().forEach(finding -> text.append('\n').append(finding));
        return text.toString();
    }
}
