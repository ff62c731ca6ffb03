/** What becomes of header fields and trailers on their way through the gate, both ways. */
@NullMarked
package io.pingate.proxy.headers;

import org.jspecify.annotations.NullMarked;
