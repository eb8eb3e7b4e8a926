/**
 * The chat plugin: rooms in which people who are signed in say something, live and with a history.
 *
 * <p>It is a worked example of a plugin that has no database of its own: it keeps its messages by
 * asking {@code persistence.append} and {@code persistence.read} on the event bus, and goes on
 * without a history while nobody answers there. Read it in this order: {@code
 * META-INF/drawbridge/plugin.json} with the shapes of all bodies; {@link
 * io.drawbridge.chat.ChatVerticle}; then {@link io.drawbridge.chat.PostHandler}, which is the life
 * of a message.
 *
 * <p>What a caller can rely on: {@code from} is the subject of the token, whatever the body says,
 * and so callers without one, inside the cluster too, can't post. The messages of a room are
 * published in the order in which they are kept. A message that is answered with {@code
 * stored:true} is on disk. Failures: 400 a text that can't be said, 401 nobody is signed in, 503
 * the history is away or the room too busy: try again.
 */
@NullMarked
package io.drawbridge.chat;

import org.jspecify.annotations.NullMarked;
