/** Other people's proxies behind the same check of a cookie, each a program of its own: {@code --port P --upstream URL}. */
@org.jspecify.annotations.NullMarked
package io.pingate.bench.peer;
