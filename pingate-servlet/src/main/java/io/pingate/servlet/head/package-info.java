/** How a request's head is read from the container: its target and its fields, as near to the client's bytes as can be. */
@NullMarked
package io.pingate.servlet.head;

import org.jspecify.annotations.NullMarked;
