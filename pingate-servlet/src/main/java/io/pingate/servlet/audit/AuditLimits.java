package io.pingate.servlet.audit;

import io.pingate.AttemptSource;
import io.pingate.http.IpAddress;
import io.pingate.servlet.event.GateEvent;
import io.pingate.servlet.rate.LineBudget;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which events are written. What the owner does always is, but for a token's use, which is told once an hour for each of its
 * clients. Strangers' lines are limited: wrong PINs apart from the rest, since the gate looks at few of them and a ban needs
 * each; the rest for each network too, so that one of them doesn't use up what all have.
 */
final class AuditLimits {
    static final int MAX_REMEMBERED = 1_000;
    static final int ALL_AT_ONCE = 60;
    static final int ALL_A_MINUTE = 60;
    static final int NETWORK_AT_ONCE = 10;
    static final int NETWORK_A_MINUTE = 2;

    private static final IpAddress NOBODY = new IpAddress(false, 0, 0);
    private static final long USE_NANOS = Duration.ofHours(1).toNanos();

    private final LongSupplier nanoTime;
    private final LineBudget wrongPins;
    private final LineBudget strangers;
    private final LineBudget tokens;
    private final Map<IpAddress, LineBudget> networks = bounded();
    private final Map<String, Long> uses = bounded();

    AuditLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.wrongPins = new LineBudget(ALL_AT_ONCE, ALL_A_MINUTE, nanoTime);
        this.strangers = new LineBudget(ALL_AT_ONCE, ALL_A_MINUTE, nanoTime);
        this.tokens = new LineBudget(ALL_AT_ONCE, ALL_A_MINUTE, nanoTime);
    }

    /** What becomes of an event's line. */
    enum Fate {
        WRITTEN,
        LEFT_OUT,
        /** It says nothing new. */
        KNOWN
    }

    synchronized Fate of(GateEvent event) {
        if (isOwed(event.kind())) {
            return Fate.WRITTEN;
        }
        return switch (event.kind()) {
            case TOKEN -> token(event);
            case WRONG_PIN -> fate(wrongPins.admit());
            default -> fate(budgetOf(network(event.from())).admit() && strangers.admit());
        };
    }

    /** What the owner does, of which no line may be lost. */
    static boolean isOwed(GateEvent.Kind kind) {
        return switch (kind) {
            case SIGN_IN, LINK, SIGN_OUT, SIGN_OUT_ALL -> true;
            case TOKEN, WRONG_PIN, THROTTLED, REFUSED, TOKEN_REFUSED, LINK_REFUSED -> false;
        };
    }

    private static Fate fate(boolean admitted) {
        return admitted ? Fate.WRITTEN : Fate.LEFT_OUT;
    }

    private Fate token(GateEvent event) {
        long now = nanoTime.getAsLong();
        String use = event.detail() + " " + network(event.from());
        Long last = uses.get(use);
        if (last != null && now - last < USE_NANOS) {
            return Fate.KNOWN;
        }
        uses.put(use, now);
        return fate(tokens.admit());
    }

    private LineBudget budgetOf(IpAddress network) {
        return networks.computeIfAbsent(network, any -> new LineBudget(NETWORK_AT_ONCE, NETWORK_A_MINUTE, nanoTime));
    }

    /** As the throttle counts. */
    private static IpAddress network(GateEvent.@Nullable Sender from) {
        return from == null ? NOBODY : new AttemptSource.Stranger(from.client()).network();
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }
}
