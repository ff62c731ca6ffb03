/** The bench: launches gates in turns, loads them, reads what they used, and writes bench/RESULTS.md. */
@org.jspecify.annotations.NullMarked
package io.pingate.bench;
