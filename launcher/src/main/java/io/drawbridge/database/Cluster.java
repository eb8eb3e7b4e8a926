package io.drawbridge.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/**
 * The files of the embedded PostgreSQL: made once, with one role that owns one database and is no
 * superuser. The superuser's password is thrown away: it exists only for {@code postgres --single}.
 */
final class Cluster {

  static final String NAME = "drawbridge";
  private static final String SUPERUSER = "postgres";
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Path folder;
  private final Path passwordFile;

  /** The cluster that lies, or will lie, in a folder of ours. */
  Cluster(Path folder) {
    this.folder = folder.resolve("cluster");
    this.passwordFile = folder.resolve("password");
  }

  Path folder() {
    return folder;
  }

  /** What wrote the files that lie there; empty where none do. */
  OptionalInt major() throws IOException {
    Path version = folder.resolve("PG_VERSION");
    if (!Files.exists(version)) {
      return OptionalInt.empty();
    }
    String text = Files.readString(version).strip();
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new DatabaseException(version + " says «" + text + "», which is no version", e);
    }
  }

  /** Makes the files if they are not there, and returns the role's password. */
  String prepare(PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
    Path draft = folder.resolveSibling("cluster.new");
    if (!Files.exists(folder)) {
      OwnFiles.deleteTree(draft);
      initialise(draft, binaries, unprivileged);
      tell(draft, "CREATE ROLE " + NAME + " LOGIN", binaries, unprivileged);
      tell(draft, "CREATE DATABASE " + NAME + " OWNER " + NAME, binaries, unprivileged);
      tell(draft, "ALTER ROLE " + SUPERUSER + " PASSWORD NULL", binaries, unprivileged);
      Files.deleteIfExists(passwordFile);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    if (!Files.exists(passwordFile)) {
      String password = random();
      tell(folder, "ALTER ROLE " + NAME + " PASSWORD '" + password + "'", binaries, unprivileged);
      OwnFiles.write(passwordFile, password);
    }
    return Files.readString(passwordFile).strip();
  }

  private void initialise(Path draft, PostgresBinaries binaries, Unprivileged unprivileged)
      throws IOException {
    Path thrownAway = folder.resolveSibling("superuser");
    OwnFiles.write(thrownAway, random());
    try {
      if (unprivileged.owner() != null) {
        OwnFiles.giveTo(thrownAway, unprivileged.owner());
      }
      check(
          Command.run(
              unprivileged.command(
                  binaries.command("initdb"),
                  List.of(
                      "--pgdata=" + draft,
                      "--username=" + SUPERUSER,
                      "--pwfile=" + thrownAway,
                      "--auth=scram-sha-256",
                      "--encoding=UTF8",
                      "--locale=C",
                      "--data-checksums")),
              "",
              BOUND),
          "initdb");
    } finally {
      Files.deleteIfExists(thrownAway);
    }
  }

  /** Says one sentence of SQL to the files themselves; by the input, which no listing shows. */
  private static void tell(
      Path files, String sql, PostgresBinaries binaries, Unprivileged unprivileged) {
    Command.Outcome outcome =
        Command.run(
            unprivileged.command(
                binaries.command("postgres"),
                List.of("--single", "-j", "-D", files.toString(), "postgres")),
            sql + ";\n\n",
            BOUND);
    if (outcome.output().contains("ERROR:") || outcome.output().contains("FATAL:")) {
      throw new DatabaseException("PostgreSQL refused to be set up: " + firstError(outcome));
    }
    check(outcome, "postgres --single");
  }

  private static String firstError(Command.Outcome outcome) {
    return outcome
        .output()
        .lines()
        .filter(line -> line.contains("ERROR:") || line.contains("FATAL:"))
        .findFirst()
        .orElse("");
  }

  private static void check(Command.Outcome outcome, String command) {
    if (!outcome.succeeded()) {
      throw new DatabaseException(
          command + " failed with " + outcome.exitCode() + ": " + outcome.lastLine());
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
