package io.pingate.bench.peer;

import org.apache.catalina.startup.Tomcat;

/** The gate's WAR in Tomcat; the WAR's settings come by the environment. */
public final class TomcatWarPeer {
    private TomcatWarPeer() {}

    /** Listens until it is killed. */
    public static void main(String[] args) throws Exception {
        Tomcat tomcat = EmbeddedTomcat.on(PeerArguments.of(args).port());
        tomcat.addWebapp("", System.getenv("BENCH_WAR"));
        EmbeddedTomcat.run(tomcat);
    }
}
