/** What gates on several machines share: the seam behind which another jar puts a store that all of them reach. */
@NullMarked
package io.pingate.servlet.shared;

import org.jspecify.annotations.NullMarked;
