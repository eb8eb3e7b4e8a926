/**
 * What a plugin says of itself: its descriptor and what follows from it alone, before any of its
 * code runs. Nothing here starts, loads or listens.
 */
@NullMarked
package io.drawbridge.pluginhost.contract;

import org.jspecify.annotations.NullMarked;
