/** {@code pingate doctor}: looks at a gate's surroundings, and says what to do about what is wrong. */
@NullMarked
package io.pingate.standalone.doctor;

import org.jspecify.annotations.NullMarked;
