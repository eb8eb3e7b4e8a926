/** A plugin that misbehaves in one of several ways, and whoever makes it do so. */
@NullMarked
package io.drawbridge.bench.noise;

import org.jspecify.annotations.NullMarked;
