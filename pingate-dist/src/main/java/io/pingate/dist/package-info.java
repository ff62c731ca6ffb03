/** Packs the program with a Java of its own. */
package io.pingate.dist;
