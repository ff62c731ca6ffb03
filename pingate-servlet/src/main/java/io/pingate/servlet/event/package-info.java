/** What happens at a gate, told to whoever wants to hear: its log, its metrics, an embedder. */
@NullMarked
package io.pingate.servlet.event;

import org.jspecify.annotations.NullMarked;
