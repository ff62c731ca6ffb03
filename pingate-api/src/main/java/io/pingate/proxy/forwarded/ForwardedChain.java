package io.pingate.proxy.forwarded;

import io.pingate.http.IpAddress;
import io.pingate.http.syntax.CommaList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of X-Forwarded-For as far as they can be believed.
 *
 * <p>Each proxy appends the address that it sees, so the list is read from its right end: an entry counts when the one
 * that wrote it is trusted. The right-most address that isn't a trusted proxy's is the client (MDN, X-Forwarded-For,
 * "Selecting an IP address").
 *
 * @param client the client's address
 * @param hops how many entries, from the right, lead to the client: one for each proxy that is believed; 0 without any
 * @param text the list to send to the upstream, the peer last
 */
record ForwardedChain(IpAddress client, int hops, String text) {
    /** Nobody has more proxies in a row, and each entry takes its time to read. */
    private static final int MAX_HOPS = 50;

    /** Reads the fields of a trusted peer; several lines are one list (RFC 9110 section 5.3). */
    static ForwardedChain of(IpAddress peer, List<String> lines, TrustedProxies trusted) {
        List<String> entries = CommaList.last(String.join(",", lines), MAX_HOPS);
        Deque<String> known = new ArrayDeque<>();
        known.add(peer.toString());
        IpAddress client = peer;
        int hops = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Optional<IpAddress> address = IpAddress.parse(entries.get(i));
            if (address.isEmpty()) {
                // No proxy wrote this, so whatever stands left of it is anybody's claim.
                break;
            }
            if (trusted.trusts(client)) {
                client = address.get();
                hops++;
            }
            known.addFirst(address.get().toString());
        }
        return new ForwardedChain(client, hops, String.join(", ", known));
    }
}
