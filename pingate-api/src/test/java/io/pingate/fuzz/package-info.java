/**
 * Fuzz targets, as Jazzer drives them ({@code fuzzerTestOneInput}), and what they have found so far: {@code .ci/fuzz} goes on
 * looking, and each build replays the kept inputs.
 *
 * <p>A target knows the rules a second time, in the plainest form, and goes through public doors only.
 */
package io.pingate.fuzz;
