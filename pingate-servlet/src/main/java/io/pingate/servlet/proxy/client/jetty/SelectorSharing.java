package io.pingate.servlet.proxy.client.jetty;

import org.eclipse.jetty.io.ManagedSelector;

/** A client's connection whose selector serves connections to upstreams, too. */
public interface SelectorSharing {
    /** {@return the selector} */
    ManagedSelector selector();
}
