/** The gate's figures for Prometheus, on a port of their own. Nothing here is loaded unless that port is set. */
@NullMarked
package io.pingate.standalone.metrics;

import org.jspecify.annotations.NullMarked;
