package io.pingate.servlet.proxy.upstream;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Options of the sockets below the connections; without effect on what has none (Unix sockets). */
public final class TcpOptions {
    private static final Logger LOG = LoggerFactory.getLogger(TcpOptions.class);
    private static final int PROBE_AFTER_SECONDS = 60;
    private static final int PROBE_EVERY_SECONDS = 15;
    private static final int PROBES = 4;

    private TcpOptions() {}

    /** Finds a dead peer within two minutes: the kernel probes a silent connection (RFC 9293 section 3.8.4). */
    public static void keepAlive(@Nullable Object transport) {
        set(transport, StandardSocketOptions.SO_KEEPALIVE, true);
        set(transport, ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
        set(transport, ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EVERY_SECONDS);
        set(transport, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }

    /** Makes the next close tell the peer that bytes were lost. */
    public static void resetOnClose(@Nullable Object transport) {
        set(transport, StandardSocketOptions.SO_LINGER, 0);
    }

    private static <T> void set(@Nullable Object transport, SocketOption<T> option, T value) {
        if (transport instanceof NetworkChannel channel
                && channel.isOpen()
                && channel.supportedOptions().contains(option)) {
            try {
                channel.setOption(option, value);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} stays as it is", option, e);
            }
        }
    }
}
