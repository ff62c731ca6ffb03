package io.pingate.servlet.proxy.upstream;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes connections to upstreams to the selectors of its clients: where one thread serves both sides of an
 * exchange, nothing is handed over in between.
 */
public interface SharedSelectors {
    /** A connection to an upstream, as its selector sees it. */
    interface Outgoing {
        /** {@return its end point} */
        SocketChannelEndPoint endPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key);

        /** {@return what is to be done with it, now that it stands} */
        Connection connection(EndPoint endPoint) throws IOException;

        /** Hears that it could not be made. */
        void failed(SelectableChannel channel, Throwable cause);
    }

    /**
     * Takes a connection.
     *
     * @param channel the connection
     * @param connected whether it stands already; it is being made else
     * @param outgoing what becomes of it
     * @param near the selector, one of the server's; null for any of them
     */
    void take(SelectableChannel channel, boolean connected, Outgoing outgoing, @Nullable ManagedSelector near);

    /**
     * Sets how long a connection may take.
     *
     * @param timeout the time
     */
    void setConnectTimeout(Duration timeout);
}
