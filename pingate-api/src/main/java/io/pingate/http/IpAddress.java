package io.pingate.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as a value; never looked up, so that a name can't stand where an address is meant.
 *
 * <p>An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) is the IPv4 address that it maps, so that one client has one
 * value.
 *
 * @param v6 whether this is an IPv6 address
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits; the 32 bits of an IPv4 address
 */
public record IpAddress(boolean v6, long high, long low) {
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final int GROUPS = 8;

    /**
     * Brings an IPv4-mapped address to IPv4.
     *
     * @param v6 whether this is an IPv6 address
     * @param high the upper 64 bits
     * @param low the lower 64 bits
     * @throws IllegalArgumentException when an IPv4 address has more than 32 bits
     */
    public IpAddress {
        if (v6 && high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED) {
            v6 = false;
            low ^= MAPPED;
        }
        if (!v6 && (high != 0 || low >>> 32 != 0)) {
            throw new InvalidValueException("low", "an IPv4 address has 32 bits");
        }
    }

    /**
     * Reads an address literal, strictly: four decimal octets without leading zeros, or RFC 4291 section 2.2.
     *
     * <p>A zone ({@code fe80::1%eth0}), brackets and a port ({@code [::1]:80}, {@code 127.0.0.1:80}), as proxies write
     * them into X-Forwarded-For, are tolerated and dropped.
     *
     * @param text the literal
     * @return the address, empty when the text isn't one
     */
    public static Optional<IpAddress> parse(String text) {
        return IpLiteral.withoutPort(text).flatMap(IpLiteral::parse);
    }

    /**
     * Keeps the first bits and clears the others.
     *
     * @param bits how many to keep: 0 to 32, or 0 to 128
     * @return the network address
     * @throws IllegalArgumentException when the address hasn't as many bits
     */
    public IpAddress network(int bits) {
        if (bits < 0 || bits > size()) {
            throw new InvalidValueException("bits", "must be 0 to " + size());
        }
        if (!v6) {
            return new IpAddress(false, 0, low & mask(32 + bits) & 0xFFFF_FFFFL);
        }
        return new IpAddress(true, high & mask(Math.min(bits, 64)), low & mask(Math.max(bits - 64, 0)));
    }

    /** {@return how many bits an address of this family has: 32 or 128} */
    public int size() {
        return v6 ? 128 : 32;
    }

    /** {@return the canonical text (RFC 5952)} */
    @Override
    public String toString() {
        if (!v6) {
            return (low >> 24) + "." + (low >> 16 & 255) + "." + (low >> 8 & 255) + "." + (low & 255);
        }
        // RFC 5952 section 4.2: the longest run of two or more zero groups, the first of equals, becomes "::".
        int gap = 0;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(i);
            if (zeros > gapLength) {
                gap = i;
                gapLength = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (gapLength > 1 && i == gap) {
                text.append("::");
                i += gapLength - 1;
            } else {
                boolean afterGroup = i > 0 && text.charAt(text.length() - 1) != ':';
                text.append(afterGroup ? ":" : "").append(Long.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int zerosFrom(int group) {
        int zeros = 0;
        while (group + zeros < GROUPS && group(group + zeros) == 0) {
            zeros++;
        }
        return zeros;
    }

    private long group(int i) {
        return (i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xFFFF;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    /** Written out: JDK 17's own holds on to this class for ever, and so to the webapp that it came with (JDK-8078641). */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && v6 == that.v6 && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low);
    }
}
