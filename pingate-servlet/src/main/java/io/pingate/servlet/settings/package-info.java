/** The one table of settings, where they are looked up, and how their text becomes plain values. Knows no feature. */
@NullMarked
package io.pingate.servlet.settings;

import org.jspecify.annotations.NullMarked;
