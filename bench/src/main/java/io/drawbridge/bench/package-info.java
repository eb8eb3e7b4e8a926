/**
 * The benchmark: our server and a stock Vert.x bridge, each in a process of its own, side by side
 * under the same load.
 *
 * <p>Read {@link io.drawbridge.bench.Bench} first, then one workload, such as {@link
 * io.drawbridge.bench.FanOut}. Everything that the load generator does happens on one thread.
 */
@NullMarked
package io.drawbridge.bench;

import org.jspecify.annotations.NullMarked;
