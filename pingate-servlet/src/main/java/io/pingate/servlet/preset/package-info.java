/** What is known about programs behind the gate: defaults for settings, headers, lines for their configuration. */
@NullMarked
package io.pingate.servlet.preset;

import org.jspecify.annotations.NullMarked;
