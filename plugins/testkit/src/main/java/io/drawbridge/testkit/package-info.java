/**
 * What plugin authors test with: a real server on a free port, with their plugin in it, and
 * browsers that talk to it over WebSockets.
 *
 * <p>Begin at {@link io.drawbridge.testkit.TestBridge}. The server is the very one that runs in
 * production, in a process of its own: it comes packed in this library, unpacks under {@code
 * target/}, listens on loopback only and ends with the tests. Nothing is simulated: bodies are
 * checked by the descriptor's schemas, rights by tokens, and a plugin that needs the database gets
 * PostgreSQL.
 */
@NullMarked
package io.drawbridge.testkit;

import org.jspecify.annotations.NullMarked;
