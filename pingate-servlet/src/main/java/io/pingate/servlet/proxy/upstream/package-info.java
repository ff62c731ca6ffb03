/**
 * The upstream's half of an exchange: connections of HTTP/1.1, what is written to them and what is read from them.
 *
 * <p>The end of a message is counted, never believed: a connection serves another request only when both messages on it
 * are known to be whole (RFC 9112, section 9.3).
 */
@NullMarked
package io.pingate.servlet.proxy.upstream;

import org.jspecify.annotations.NullMarked;
