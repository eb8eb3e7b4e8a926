package io.drawbridge.database;

import org.jspecify.annotations.Nullable;

/** Why there is no database, as one line for a person: what is wrong, and what to do. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DatabaseException(String message) {
    super(message);
  }

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
