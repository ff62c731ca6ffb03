/** The client's half of an exchange: the port, and what stands behind it in each container. */
@NullMarked
package io.pingate.servlet.proxy.client;

import org.jspecify.annotations.NullMarked;
