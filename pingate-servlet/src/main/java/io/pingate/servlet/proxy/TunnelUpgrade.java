package io.pingate.servlet.proxy;

import jakarta.servlet.http.HttpUpgradeHandler;

/** What a container makes, by its class, to hand a connection over to (Servlet 6.0 section 2.3.3.5). */
interface TunnelUpgrade extends HttpUpgradeHandler {
    /** Says where the connection goes; called before the container does anything with it. */
    void to(Tunnel tunnel);
}
