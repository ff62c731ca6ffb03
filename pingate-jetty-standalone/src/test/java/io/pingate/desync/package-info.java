/**
 * A hunter of desynchronisation: random clients against random upstreams, with a gate in between, and a judge at each
 * end who knows what every byte has to be.
 *
 * <p>{@link io.pingate.desync.Hunt} sets it going. Each exchange is drawn from the seed and its number ({@link
 * io.pingate.desync.Draw}) and has an id that stands in its target, its fields and all over both bodies, so that a byte
 * in the wrong place tells whose it is.
 */
package io.pingate.desync;
