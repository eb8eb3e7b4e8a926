/**
 * What plugin authors import: a verticle that serves addresses, the context the host hands it, and
 * who is calling.
 *
 * <p>A plugin is one jar, or a folder of jars, whose {@code META-INF/drawbridge/plugin.json} says
 * what it is and which addresses it serves. The host owns every consumer on the event bus; a plugin
 * only gives it handlers, so there is nothing that a plugin has to unregister.
 *
 * <p>A plugin sees the JDK, this package, {@code io.vertx}, {@code io.netty}, {@code
 * com.fasterxml.jackson.core} and {@code org.slf4j} as the server has them; everything else it
 * brings along, in whatever version it likes.
 *
 * <p>Within a major version of this API nothing is taken away and no promise is broken. New methods
 * of {@link io.drawbridge.plugin.PluginContext} may come with a minor version: implement it in
 * tests only.
 */
@NullMarked
package io.drawbridge.plugin;

import org.jspecify.annotations.NullMarked;
