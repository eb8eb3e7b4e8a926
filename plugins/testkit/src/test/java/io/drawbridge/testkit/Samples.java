package io.drawbridge.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Projects of plugins as a compiler leaves them. */
final class Samples {

  static final String GREET =
      """
      {"id": "greet", "version": "1.0.0", "api": "^1.0",
       "verticle": "io.drawbridge.testkit.sample.GreetVerticle",
       "settings": {"type": "object", "properties": {
         "greeting": {"type": "string", "default": "Hello"}}},
       "addresses": [
         {"address": "greet.hello", "kind": "request", "summary": "Says hello", "authority": "greet:use",
          "request": {"type": "object", "properties": {"room": {"type": "string"}}},
          "reply": {"type": "object", "required": ["text"]}},
         {"address": "greet.room.{room}", "kind": "broadcast", "summary": "Every greeting of a room"}]}
      """;

  static final String CARELESS =
      """
      {"id": "careless", "version": "1.0.0", "api": "^1.0",
       "verticle": "io.drawbridge.testkit.sample.CarelessVerticle",
       "addresses": [{"address": "careless.ask", "kind": "request", "summary": "Answers late"}]}
      """;

  private static final String STAYING =
      """
      {"id": "staying", "version": "1.0.0", "api": "^1.0",
       "verticle": "io.drawbridge.testkit.sample.StayingVerticle",
       "settings": {"type": "object", "properties": {
         "leaves": {"type": "string", "default": "%s"}}},
       "addresses": [{"address": "staying.ask", "kind": "request", "summary": "Answers"}]}
      """;

  private Samples() {}

  static PluginJar greet() {
    return packed(GREET);
  }

  static PluginJar careless() {
    return packed(CARELESS);
  }

  /** A version that leaves something behind; see {@code StayingVerticle}. */
  static PluginJar leaving(String what) {
    return packed(STAYING.formatted(what));
  }

  private static PluginJar packed(String descriptor) {
    try {
      return PluginJar.ofProject(project(Files.createTempDirectory("sample"), descriptor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code target/classes} of a project with all samples and this descriptor. */
  static Path project(Path folder, String descriptor) throws IOException {
    Path classes = folder.resolve("target/classes");
    Path packages = Path.of("io/drawbridge/testkit/sample");
    Files.createDirectories(classes.resolve(packages));
    Files.createDirectories(classes.resolve("META-INF/drawbridge"));
    Files.writeString(classes.resolve("META-INF/drawbridge/plugin.json"), descriptor);
    Path compiled = Path.of(System.getProperty("basedir"), "target/test-classes").resolve(packages);
    try (var files = Files.list(compiled)) {
      for (Path each : files.toList()) {
        Files.copy(each, classes.resolve(packages).resolve(each.getFileName()));
      }
    }
    return folder;
  }
}
