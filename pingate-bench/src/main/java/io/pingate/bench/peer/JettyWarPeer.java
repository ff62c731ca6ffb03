package io.pingate.bench.peer;

import org.eclipse.jetty.ee10.webapp.WebAppContext;

/** The gate's WAR in Jetty; the WAR's settings come by the environment. */
public final class JettyWarPeer {
    private JettyWarPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) throws Exception {
        EmbeddedJetty.run(PeerArguments.of(args).port(), new WebAppContext(System.getenv("BENCH_WAR"), "/"));
    }
}
