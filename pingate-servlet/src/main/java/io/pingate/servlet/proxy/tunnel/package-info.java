/** Open WebSockets: two connections that have left HTTP, joined by a pump for each direction. */
@NullMarked
package io.pingate.servlet.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
