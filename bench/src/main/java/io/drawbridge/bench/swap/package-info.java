/**
 * A plugin that is swapped while real clients talk to it: the load, the plugin, and what must hold.
 *
 * <p>Read {@link io.drawbridge.bench.swap.SwapLoad} first. The acceptance tests use it as well:
 * they ask whether the counts hold, the benchmark asks for latencies.
 */
@NullMarked
package io.drawbridge.bench.swap;

import org.jspecify.annotations.NullMarked;
