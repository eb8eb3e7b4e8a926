/** The pool of PostgreSQL connections that plugins share: external, or embedded. */
@NullMarked
package io.drawbridge.database;

import org.jspecify.annotations.NullMarked;
