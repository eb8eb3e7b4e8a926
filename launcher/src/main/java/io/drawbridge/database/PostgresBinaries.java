package io.drawbridge.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL that can be started: the one that comes with the server, else one of the system's.
 *
 * @param directory where {@code initdb} and {@code postgres} lie
 * @param major the version that the files of a cluster must have
 */
record PostgresBinaries(Path directory, int major) {

  private static final Path SYSTEM = Path.of("/usr/lib/postgresql");
  private static final Pattern VERSION = Pattern.compile("postgres \\(PostgreSQL\\) (\\d+)");

  /**
   * Finds one.
   *
   * @param folder where the bundled one is unpacked to
   * @param wanted the major version of the cluster that lies there already
   */
  static PostgresBinaries find(Path folder, OptionalInt wanted) {
    List<Path> places = new ArrayList<>();
    BundledBinaries.unpack(folder).ifPresent(places::add);
    places.addAll(installed());
    List<Integer> seen = new ArrayList<>();
    for (Path place : places) {
      Optional<PostgresBinaries> found = at(place);
      found.ifPresent(binaries -> seen.add(binaries.major));
      if (found.isPresent() && (wanted.isEmpty() || wanted.getAsInt() == found.get().major)) {
        return found.get();
      }
    }
    throw none(seen, wanted);
  }

  Path command(String name) {
    return directory.resolve(name);
  }

  private static DatabaseException none(List<Integer> seen, OptionalInt wanted) {
    if (seen.isEmpty()) {
      return new DatabaseException(
          "there is no PostgreSQL for this system, neither with the server (Linux on amd64 and"
              + " arm64) nor installed: install PostgreSQL, or name a database in database.uri");
    }
    return new DatabaseException(
        "the data folder was written by PostgreSQL "
            + wanted.orElseThrow()
            + ", and here are only "
            + seen
            + ": install that version, or move the data with pg_dump and name a database in"
            + " database.uri");
  }

  private static List<Path> installed() {
    List<Path> places = new ArrayList<>();
    String path = System.getenv("PATH");
    for (String place : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      places.add(Path.of(place));
    }
    if (Files.isDirectory(SYSTEM)) {
      try (Stream<Path> versions = Files.list(SYSTEM)) {
        versions.sorted().map(version -> version.resolve("bin")).forEach(places::add);
      } catch (IOException e) {
        // Not readable: as good as not there.
      }
    }
    return places;
  }

  private static Optional<PostgresBinaries> at(Path directory) {
    Path postgres = directory.resolve("postgres");
    if (!Files.isExecutable(postgres) || !Files.isExecutable(directory.resolve("initdb"))) {
      return Optional.empty();
    }
    String words =
        Command.run(List.of(postgres.toString(), "--version"), "", Duration.ofSeconds(10)).output();
    Matcher version = VERSION.matcher(words);
    return version.find()
        ? Optional.of(new PostgresBinaries(directory, Integer.parseInt(version.group(1))))
        : Optional.empty();
  }
}
