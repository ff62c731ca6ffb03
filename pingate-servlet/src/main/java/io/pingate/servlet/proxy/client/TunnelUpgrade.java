package io.pingate.servlet.proxy.client;

import io.pingate.servlet.proxy.tunnel.Tunnel;
import io.pingate.servlet.proxy.tunnel.TunnelEnd;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** What a container makes, by its class, to hand a connection over to (Servlet 6.0 section 2.3.3.5). */
public abstract class TunnelUpgrade implements HttpUpgradeHandler {
    private @Nullable Tunnel tunnel;

    /** Says where the connection goes; called before the container does anything with it. */
    public final void to(Tunnel tunnel) {
        this.tunnel = tunnel;
    }

    /** Joins the client's end; the client has got its 101. */
    protected final void join(TunnelEnd client) {
        if (tunnel != null) {
            tunnel.join(client);
        }
    }

    @Override
    public final void destroy() {
        if (tunnel != null) {
            tunnel.close();
        }
    }
}
