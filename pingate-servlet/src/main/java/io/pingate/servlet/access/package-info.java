/** The access log: each request and what was answered, without what signs in. */
@NullMarked
package io.pingate.servlet.access;

import org.jspecify.annotations.NullMarked;
