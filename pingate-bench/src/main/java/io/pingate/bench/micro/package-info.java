/** What the core does for a request, without any I/O, by JMH. */
@org.jspecify.annotations.NullMarked
package io.pingate.bench.micro;
