/** The seam of an exchange: what may change its request and its response on their way, without the exchange knowing it. */
@NullMarked
package io.pingate.servlet.proxy.intercept;

import org.jspecify.annotations.NullMarked;
