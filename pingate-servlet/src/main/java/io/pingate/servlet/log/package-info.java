/** Logs that are files of their own: lines that strangers can't forge, written by one thread, so that no request waits. */
@NullMarked
package io.pingate.servlet.log;

import org.jspecify.annotations.NullMarked;
