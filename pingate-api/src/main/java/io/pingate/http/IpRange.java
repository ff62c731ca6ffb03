package io.pingate.http;

import java.util.Optional;

/**
 * A range of addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param network the first address
 * @param bits how many leading bits all addresses of the range share
 */
public record IpRange(IpAddress network, int bits) {
    /**
     * Clears the host bits, so that {@code 172.17.0.1/16} means its network.
     *
     * @param network an address of the range
     * @param bits how many leading bits its addresses share
     * @throws IllegalArgumentException when the address hasn't as many bits
     */
    public IpRange {
        network = network.network(bits);
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
     *
     * @param text the range
     * @return the range
     * @throws IllegalArgumentException with the rule that is broken
     */
    public static IpRange of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        Optional<IpAddress> address = IpLiteral.parse(literal);
        // 10.0.0.0 written as ::ffff:10.0.0.0/104 would count its bits from another start.
        if (address.isEmpty() || (slash >= 0 && !address.get().v6() && literal.indexOf(':') >= 0)) {
            throw new InvalidValueException(
                    "range", "'" + text + "' must be an address like 10.0.0.1 or a CIDR like 10.0.0.0/8");
        }
        int size = address.get().size();
        int bits = slash < 0 ? size : IpLiteral.decimal(text.substring(slash + 1), size);
        if (bits < 0) {
            throw new InvalidValueException("range", "'" + text + "' must have 0 to " + size + " bits after the '/'");
        }
        return new IpRange(address.get(), bits);
    }

    /**
     * Tells whether an address lies in this range; one of the other family never does.
     *
     * @param address the address
     * @return true when it does
     */
    public boolean contains(IpAddress address) {
        return address.v6() == network.v6() && address.network(bits).equals(network);
    }

    /** {@return the range in CIDR notation} */
    @Override
    public String toString() {
        return network + "/" + bits;
    }
}
