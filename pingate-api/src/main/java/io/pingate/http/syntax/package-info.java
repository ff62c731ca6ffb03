/** How HTTP's texts are written: tokens, lists, authorities, origins, paths, percent-encoding. Not for other modules. */
@org.jspecify.annotations.NullMarked
package io.pingate.http.syntax;
