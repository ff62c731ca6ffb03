/** The gate as a program. */
@NullMarked
package io.pingate.standalone;

import org.jspecify.annotations.NullMarked;
