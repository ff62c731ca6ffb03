package io.pingate.servlet.audit;

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
        return switch (event.kind()) {
            case SIGN_IN, LINK, SIGN_OUT, SIGN_OUT_ALL -> Fate.WRITTEN;
            case TOKEN -> token(event);
            case WRONG_PIN -> fate(wrongPins.admit());
            case THROTTLED, REFUSED, TOKEN_REFUSED, LINK_REFUSED ->
                fate(network(event.from()).admit() && strangers.admit());
        };
    }

    private static Fate fate(boolean admitted) {
        return admitted ? Fate.WRITTEN : Fate.LEFT_OUT;
    }

    private Fate token(GateEvent event) {
        long now = nanoTime.getAsLong();
        String use = event.detail() + " " + network(of(event.from()));
        Long last = uses.get(use);
        if (last != null && now - last < USE_NANOS) {
            return Fate.KNOWN;
        }
        uses.put(use, now);
        return fate(tokens.admit());
    }

    private LineBudget network(GateEvent.@Nullable Sender from) {
        return networks.computeIfAbsent(
                network(of(from)), any -> new LineBudget(NETWORK_AT_ONCE, NETWORK_A_MINUTE, nanoTime));
    }

    private static IpAddress of(GateEvent.@Nullable Sender from) {
        return from == null ? new IpAddress(false, 0, 0) : from.client();
    }

    /** As the throttle counts: whoever has one IPv6 address has its /64. */
    private static IpAddress network(IpAddress client) {
        return client.network(client.v6() ? 64 : 32);
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
