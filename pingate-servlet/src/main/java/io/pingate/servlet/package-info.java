/** The gate in a servlet container: filter, pages and settings. */
@NullMarked
package io.pingate.servlet;

import org.jspecify.annotations.NullMarked;
