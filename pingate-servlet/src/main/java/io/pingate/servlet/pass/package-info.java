/** Ways into the gate that a command makes: tokens for programs. Signs them, and keeps what was made and used. */
@NullMarked
package io.pingate.servlet.pass;

import org.jspecify.annotations.NullMarked;
