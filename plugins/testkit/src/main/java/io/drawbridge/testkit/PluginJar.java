package io.drawbridge.testkit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plugin as one jar, ready to be deployed. Immutable.
 *
 * @see #ofProject()
 */
public final class PluginJar {

  private static final String DESCRIPTOR = "META-INF/drawbridge/plugin.json";
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  private final Map<String, byte[]> entries;
  private final JsonObject descriptor;

  private PluginJar(Map<String, byte[]> entries, String origin) {
    this.entries = entries;
    byte[] found = entries.get(DESCRIPTOR);
    if (found == null) {
      throw new IllegalStateException(
          origin + " holds no " + DESCRIPTOR + ": write it under src/main/resources, and compile");
    }
    try {
      this.descriptor = new JsonObject(new String(found, StandardCharsets.UTF_8));
    } catch (DecodeException e) {
      throw new IllegalStateException(origin + "!" + DESCRIPTOR + ": " + e.getMessage(), e);
    }
    if (version().contains("${")) {
      throw new IllegalStateException(
          origin
              + "!"
              + DESCRIPTOR
              + ": /version is still "
              + version()
              + ": let Maven fill it in (mvn compile), with filtering on for src/main/resources");
    }
  }

  /** What Maven has compiled of the project that is being tested, as {@link #ofProject(Path)}. */
  public static PluginJar ofProject() {
    return ofProject(Path.of(System.getProperty("basedir", "")));
  }

  /**
   * What a project's build has compiled: all of {@code target/classes}, and in it the contents of
   * each {@code target/lib/*.jar}, for a plugin that brings libraries. Where two of them hold the
   * same file, the first one counts; providers of services are put together.
   */
  public static PluginJar ofProject(Path project) {
    Path target = project.toAbsolutePath().resolve("target");
    return new PluginJar(
        reading(() -> JarEntries.ofProject(target.resolve("classes"), target.resolve("lib"))),
        target.resolve("classes").toString());
  }

  /** A jar that has been built already, such as the version that runs in production. */
  public static PluginJar at(Path jar) {
    return new PluginJar(reading(() -> JarEntries.ofJar(jar)), jar.toString());
  }

  /** The same under another version, for tests of what happens when versions change. */
  public PluginJar version(String other) {
    return descriptor(descriptor.copy().put("version", other));
  }

  /** The same under the version that follows: {@code 1.4.2} becomes {@code 1.4.3}. */
  public PluginJar nextVersion() {
    Matcher matcher = VERSION.matcher(version());
    if (!matcher.matches()) {
      throw new IllegalStateException(version() + " is no version as semver.org has it");
    }
    int patch = Integer.parseInt(matcher.group(3)) + 1;
    return version(matcher.group(1) + "." + matcher.group(2) + "." + patch);
  }

  /** The same with another descriptor. */
  public PluginJar descriptor(JsonObject other) {
    Map<String, byte[]> changed = new TreeMap<>(entries);
    changed.put(DESCRIPTOR, other.encodePrettily().getBytes(StandardCharsets.UTF_8));
    return new PluginJar(changed, id());
  }

  /** The descriptor, as a copy. */
  public JsonObject descriptor() {
    return descriptor.copy();
  }

  /** What the descriptor says. */
  public String id() {
    return descriptor.getString("id", "");
  }

  /** What the descriptor says. */
  public String version() {
    return descriptor.getString("version", "");
  }

  /** Writes the jar, the same bytes each time. */
  Path writeTo(Path folder) {
    Path jar = folder.resolve(id() + "-" + version() + ".jar");
    return reading(
        () -> {
          Files.write(jar, bytes());
          return jar;
        });
  }

  byte[] bytes() throws IOException {
    return JarEntries.pack(entries);
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
