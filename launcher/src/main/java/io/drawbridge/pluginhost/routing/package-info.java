/**
 * The way of a message from the bus to a handler and back: one consumer for each address that a
 * plugin serves, the host's own bounded queue behind it, and the one reference that says which
 * generation of the plugin is called.
 */
@NullMarked
package io.drawbridge.pluginhost.routing;

import org.jspecify.annotations.NullMarked;
