package io.pingate.servlet.proxy.client.jetty;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tells which sockets have been reset behind the end of their input. To read from one shows its end either way, and to
 * write to it needs something to write; but a selector says that it is ready for whatever is asked for, even for the end
 * of a connecting that is none.
 *
 * <p>Used by one thread at a time. The selector is there only as long as there is somebody to look at.
 */
public final class ResetSockets {
    private @Nullable Selector selector;

    /** Brings the answers of {@link #contains} up to date. */
    public synchronized void look() {
        try {
            if (selector != null) {
                selector.selectedKeys().clear();
                selector.selectNow();
                if (selector.keys().isEmpty()) {
                    close();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            close();
        }
    }

    /** Whether the socket had been reset at the last look; from the first time on that it is asked for. */
    public synchronized boolean contains(SocketChannel socket) {
        try {
            if (selector == null) {
                selector = Selector.open();
            }
            SelectionKey key = socket.keyFor(selector);
            if (key == null) {
                key = socket.register(selector, SelectionKey.OP_CONNECT);
            }
            return selector.selectedKeys().contains(key);
        } catch (ClosedChannelException closed) {
            return true;
        } catch (IOException noSelector) {
            return false;
        }
    }

    public synchronized void close() {
        Selector old = selector;
        selector = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                // It held no more than a descriptor.
            }
        }
    }
}
