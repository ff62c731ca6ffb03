/** The gate's part of {@code pingate doctor}: it tells whoever has its key how requests arrive. */
@NullMarked
package io.pingate.servlet.doctor;

import org.jspecify.annotations.NullMarked;
