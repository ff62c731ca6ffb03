/** The theme at work: an interceptor of exchanges that changes HTML pages. */
@NullMarked
package io.pingate.servlet.proxy.theme;

import org.jspecify.annotations.NullMarked;
