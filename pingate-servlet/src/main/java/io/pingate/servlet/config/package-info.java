/** What settings make of the gate: its PIN, keys, identity headers, routes, TLS and state folder. */
@NullMarked
package io.pingate.servlet.config;

import org.jspecify.annotations.NullMarked;
