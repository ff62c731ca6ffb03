package io.pingate.servlet.proxy.client.jetty;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a Jetty that is too old: the proxy and the server share Jetty's classes, which are the server's, and what an old
 * one lacks would else be missed in the middle of each request.
 */
public final class JettyRelease {
    /** The oldest that is tested, as is the newest. */
    static final String OLDEST = "12.1.7";

    private static final Pattern SERVER_INFO = Pattern.compile("jetty/(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9}).*");

    private JettyRelease() {}

    /**
     * Makes sure that a container, if it is Jetty, is one that the proxy can work in.
     *
     * @param serverInfo what {@code ServletContext.getServerInfo} says
     * @throws IllegalStateException when it is an older one; the message says in one sentence what to do
     */
    public static void require(String serverInfo) {
        Matcher running = SERVER_INFO.matcher(serverInfo);
        Matcher oldest = SERVER_INFO.matcher("jetty/" + OLDEST);
        if (running.matches() && oldest.matches() && compare(running, oldest) < 0) {
            throw new IllegalStateException("pingate needs Jetty " + OLDEST + " or later, and this is " + serverInfo
                    + "; update Jetty, or run the standalone pingate.jar, which brings its own");
        }
    }

    private static int compare(Matcher release, Matcher other) {
        for (int part = 1; part <= 3; part++) {
            int order = Integer.compare(Integer.parseInt(release.group(part)), Integer.parseInt(other.group(part)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
