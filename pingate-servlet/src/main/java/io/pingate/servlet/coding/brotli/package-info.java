/**
 * A Brotli decoder (RFC 7932) that is fed chunks. The published pure Java decoder pulls from a stream, 4 KiB at a time: it
 * would hold a thread for each page and hold back what a slow page has sent.
 */
@NullMarked
package io.pingate.servlet.coding.brotli;

import org.jspecify.annotations.NullMarked;
