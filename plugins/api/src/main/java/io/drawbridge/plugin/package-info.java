/**
 * What plugin authors import: a verticle that serves addresses, the context the host hands it, and
 * who is calling.
 *
 * <p>A plugin is one jar whose {@code META-INF/drawbridge/plugin.json} says what it is and which
 * addresses it serves. The host owns every consumer on the event bus; a plugin only gives it
 * handlers, so there is nothing that a plugin has to unregister.
 */
@NullMarked
package io.drawbridge.plugin;

import org.jspecify.annotations.NullMarked;
