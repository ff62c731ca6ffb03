package io.pingate.bench.peer;

import java.net.URI;

/**
 * What a peer is told: flags as pingate's, and the one right cookie by the environment.
 *
 * @param port where it listens, on loopback
 * @param upstream where it passes requests on to
 * @param token the value of the cookie that is let through
 */
record PeerArguments(int port, URI upstream, String token) {
    static PeerArguments of(String... args) {
        return new PeerArguments(Integer.parseInt(args[1]), URI.create(args[3]), System.getenv("BENCH_TOKEN"));
    }
}
