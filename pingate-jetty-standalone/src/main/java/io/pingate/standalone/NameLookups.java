package io.pingate.standalone;

import java.security.Security;

/**
 * How long Java keeps the addresses of a name: one second here. Its own default of 30 s would answer 502 for as long after
 * a container's restart has given the upstream another address.
 */
final class NameLookups {
    private static final String FOUND = "networkaddress.cache.ttl";
    private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";
    /** What the JDK's {@code java.security} file says, where nobody has changed it. */
    private static final String NOT_FOUND_BY_DEFAULT = "10";

    private static final String SECONDS = "1";

    private NameLookups() {}

    /** Java reads it once, at the first look-up. What its configuration or command line says already stays. */
    static void keepShort() {
        if (Security.getProperty(FOUND) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
            Security.setProperty(FOUND, SECONDS);
        }
        if (NOT_FOUND_BY_DEFAULT.equals(Security.getProperty(NOT_FOUND))) {
            Security.setProperty(NOT_FOUND, SECONDS);
        }
    }
}
