/** Content codings that are taken off a body and put on again, chunk by chunk and without blocking. */
@NullMarked
package io.pingate.servlet.proxy.theme.coding;

import org.jspecify.annotations.NullMarked;
