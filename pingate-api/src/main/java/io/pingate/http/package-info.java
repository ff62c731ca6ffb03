/** Values of HTTP, on which everything else stands: fields, targets, hosts, origins, addresses. */
@org.jspecify.annotations.NullMarked
package io.pingate.http;
