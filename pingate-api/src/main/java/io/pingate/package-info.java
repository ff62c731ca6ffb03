/** The gate's policy: who may pass, and with which cookie. Pure functions and values; the time is always a parameter. */
@NullMarked
package io.pingate;

import org.jspecify.annotations.NullMarked;
