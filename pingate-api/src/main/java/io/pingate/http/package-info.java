/** Values of HTTP, on which everything else stands: header fields, request targets, addresses. */
@org.jspecify.annotations.NullMarked
package io.pingate.http;
