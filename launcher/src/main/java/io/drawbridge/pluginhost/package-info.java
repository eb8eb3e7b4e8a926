/** Loads plugins, serves their addresses and tells what became of them. */
@NullMarked
package io.drawbridge.pluginhost;

import org.jspecify.annotations.NullMarked;
