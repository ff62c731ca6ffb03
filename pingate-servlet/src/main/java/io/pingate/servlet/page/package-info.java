/** The gate's own answers as values, the pages in them, and what writes them to a servlet response. */
@NullMarked
package io.pingate.servlet.page;

import org.jspecify.annotations.NullMarked;
