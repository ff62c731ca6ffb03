/** The way to the upstream: the only place that knows Jetty. */
@NullMarked
package io.pingate.servlet.proxy;

import org.jspecify.annotations.NullMarked;
