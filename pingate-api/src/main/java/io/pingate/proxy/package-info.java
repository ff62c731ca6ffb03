/** What a request becomes on its way: header rules, routes and page changes, as pure functions. */
@NullMarked
package io.pingate.proxy;

import org.jspecify.annotations.NullMarked;
