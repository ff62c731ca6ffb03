/** How the client reached the gate: X-Forwarded-*, and whom it is believed. */
@NullMarked
package io.pingate.proxy.forwarded;

import org.jspecify.annotations.NullMarked;
