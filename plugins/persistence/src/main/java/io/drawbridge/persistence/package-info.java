/**
 * The persistence plugin: named streams of JSON messages, kept in PostgreSQL.
 *
 * <p>It is a worked example of a plugin that keeps something. Read it in this order: {@code
 * META-INF/drawbridge/plugin.json} says which addresses there are and what their bodies look like,
 * so that no handler checks a shape again. {@link io.drawbridge.persistence.PersistenceVerticle}
 * gives the host a handler for each. {@link io.drawbridge.persistence.AppendQueue} gathers what
 * arrives while a transaction is under way, {@link io.drawbridge.persistence.MessageStore} holds
 * the SQL, and {@link io.drawbridge.persistence.Migrations} brings the tables into shape.
 *
 * <p>What a caller can rely on: an answer to an append means that the message is on disk. Offsets
 * of a stream start at 1 and rise by one, in the order in which messages became visible. The same
 * key in the same stream gives the first answer again, as often as one asks, so that a caller who
 * heard nothing may simply ask again. Failures: 400 a body that can't be kept, 409 a known key with
 * another body, 413 a body that is too long, 503 too much waits or the database is away: try again.
 */
@NullMarked
package io.drawbridge.persistence;

import org.jspecify.annotations.NullMarked;
