/**
 * The client's connection: what it is listened with, how long it may take for what, and how it is closed.
 *
 * <p>{@link io.pingate.standalone.connector.GateConnector} is the door. What goes on on a
 * connection is told to its {@code ClientActivity}; {@code ClientConnections} goes over all of them once a second and ends
 * what takes too long.
 */
@NullMarked
package io.pingate.standalone.connector;

import org.jspecify.annotations.NullMarked;
