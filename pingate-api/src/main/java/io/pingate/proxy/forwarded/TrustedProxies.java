package io.pingate.proxy.forwarded;

import io.pingate.http.InvalidValueException;
import io.pingate.http.IpAddress;
import io.pingate.http.IpRange;
import io.pingate.http.syntax.CommaList;
import java.util.List;

/** Whose X-Forwarded-* is believed: the proxies and tunnels that stand before the gate. */
public final class TrustedProxies {
    /** Loopback, RFC 1918 and RFC 4193: a tunnel on this machine, a sibling container, the house's own proxy. */
    private static final String LOOPBACK_AND_PRIVATE =
            "127.0.0.0/8, ::1, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7";

    private final List<IpRange> ranges;

    private TrustedProxies(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /** {@return the default: loopback and private ranges} */
    public static TrustedProxies loopbackAndPrivate() {
        return of(LOOPBACK_AND_PRIVATE);
    }

    /** {@return trust in nobody: the peer is the client} */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /**
     * Reads {@code none}, or addresses and CIDR ranges separated by commas.
     *
     * @param text the list
     * @return the proxies
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static TrustedProxies of(String text) {
        if (text.strip().equals("none")) {
            return none();
        }
        List<IpRange> ranges = CommaList.of(text).stream().map(IpRange::of).toList();
        if (ranges.isEmpty()) {
            throw new InvalidValueException(
                    "trusted proxies", "must be addresses, CIDR ranges like 10.0.0.0/8, or none");
        }
        return new TrustedProxies(ranges);
    }

    boolean trusts(IpAddress peer) {
        for (IpRange range : ranges) {
            if (range.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the ranges, or {@code none}} */
    @Override
    public String toString() {
        return ranges.isEmpty()
                ? "none"
                : String.join(", ", ranges.stream().map(IpRange::toString).toList());
    }
}
