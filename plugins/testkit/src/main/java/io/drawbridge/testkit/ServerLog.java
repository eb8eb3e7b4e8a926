package io.drawbridge.testkit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a test's server has logged. */
final class ServerLog {

  private static final String LEAKS = "it leaks";
  private static final int MOST = 50;

  private final Path file;
  private long marked;

  ServerLog(Path folder) {
    this.file = folder.resolve("server.log");
  }

  /** What is there now is nobody's concern any more. */
  void mark() throws IOException {
    marked = lines().count();
  }

  /** The warnings and errors since the mark, the last of them. */
  List<String> complaints() throws IOException {
    List<String> all =
        lines()
            .skip(marked)
            .map(ServerLog::read)
            .filter(line -> List.of("WARN", "ERROR").contains(line.getString("level")))
            .map(JsonObject::encode)
            .toList();
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  /** The lines about versions that stay, in the order of time. */
  List<String> leaks() throws IOException {
    return lines()
        .filter(line -> line.contains(LEAKS))
        .map(ServerLog::read)
        .map(
            line ->
                line.getString("plugin")
                    + " "
                    + line.getString("version")
                    + ": "
                    + line.getString("holders"))
        .toList();
  }

  private Stream<String> lines() throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.empty();
  }

  /** A line that is being written is none yet. */
  private static JsonObject read(String line) {
    try {
      return new JsonObject(line);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }
}
