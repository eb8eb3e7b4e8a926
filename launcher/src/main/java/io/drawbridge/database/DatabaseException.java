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

  /** One elsewhere that can't be used; never says the password. */
  static DatabaseException unreachable(String place, Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && reason.getCause() != reason) {
      reason = reason.getCause();
    }
    return new DatabaseException(
        "database.uri: the database at "
            + place
            + " can't be used: "
            + (reason.getMessage() == null ? reason.toString() : reason.getMessage())
            + ". Look at the URI and its sslmode, and whether the database runs",
        failure);
  }
}
