package io.drawbridge.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to run PostgreSQL, which refuses to run as root. Whoever isn't root runs it as it is. Root
 * enters a user namespace of its own, where it is nobody; or, where the system allows none, becomes
 * the user {@code postgres} or {@code nobody}.
 *
 * @param prefix what goes before the command
 * @param owner the user that the files must belong to; null where they stay ours
 */
record Unprivileged(List<String> prefix, @Nullable String owner) {

  private static final Duration BOUND = Duration.ofSeconds(5);

  Unprivileged {
    prefix = List.copyOf(prefix);
  }

  /** Finds the way that works here. */
  static Unprivileged find() {
    if (!System.getProperty("user.name").equals("root")) {
      return new Unprivileged(List.of(), null);
    }
    if (works(List.of("unshare", "-U", "true"))) {
      return new Unprivileged(List.of("unshare", "-U"), null);
    }
    for (String user : List.of("postgres", "nobody")) {
      Unprivileged candidate = as(user);
      if (works(candidate.command(Path.of("true"), List.of()))) {
        return candidate;
      }
    }
    throw new DatabaseException(
        "PostgreSQL can't run as root, and this system lets root neither enter a user namespace"
            + " (unshare -U) nor become another user (setpriv): start the server as an ordinary"
            + " user, or name a database in database.uri");
  }

  /** Becomes another user for good. */
  static Unprivileged as(String user) {
    String group = Command.run(List.of("id", "-g", user), "", BOUND).lastLine();
    return new Unprivileged(
        List.of(
            "setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--inh-caps=-all"),
        user);
  }

  List<String> command(Path executable, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(executable.toString());
    command.addAll(arguments);
    return command;
  }

  private static boolean works(List<String> command) {
    return Command.run(command, "", BOUND).succeeded();
  }
}
