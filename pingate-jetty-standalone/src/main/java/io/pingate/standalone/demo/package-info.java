/** A small upstream that shows a newcomer what the gate does with requests, streams, sockets and uploads. */
@NullMarked
package io.pingate.standalone.demo;

import org.jspecify.annotations.NullMarked;
