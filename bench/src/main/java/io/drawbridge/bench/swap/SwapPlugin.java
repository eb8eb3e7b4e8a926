package io.drawbridge.bench.swap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * One version of the plugin that is swapped. All versions have the same code and differ in what
 * their descriptor says.
 *
 * @param version its version
 * @param threading as a descriptor says it
 * @param instances how many run
 * @param work what a request costs: {@code nothing}, {@code wait} for a timer, {@code await} it on
 *     a virtual thread, {@code block} the thread, {@code query} the database, {@code fail}, or
 *     {@code fail-fifth}, which fails one request in five
 * @param millis how long it waits or blocks
 * @param start {@code succeeds}, {@code late}, {@code throws}, or {@code never} ends
 * @param reply the schema of a reply
 */
public record SwapPlugin(
    String version,
    String threading,
    int instances,
    String work,
    int millis,
    String start,
    JsonObject reply) {

  /** Answers requests with their number and the version. */
  public static final String ASK = "swap.ask";

  /** One way. */
  public static final String TELL = "swap.tell";

  /** Says what the handlers have counted. */
  public static final String TALLY = "swap.tally";

  /** Where browsers publish and listen; the plugin has no part in it. */
  public static final String NEWS = "swap.news";

  /** The permission rule that the load needs. */
  public static final String PERMISSION =
      """
      {"address": "swap.**", "register": "anyone", "send": "anyone", "publish": "anyone"}""";

  private static final String DESCRIPTOR = "META-INF/drawbridge/plugin.json";

  /** A plugin that answers at once, on an event loop. */
  public static SwapPlugin of(String version) {
    return new SwapPlugin(version, "event-loop", 1, "nothing", 0, "succeeds", anyReply());
  }

  private static JsonObject anyReply() {
    return new JsonObject()
        .put("type", "object")
        .put(
            "properties",
            new JsonObject()
                .put("number", new JsonObject().put("type", "integer"))
                .put("version", new JsonObject().put("type", "string")))
        .put("required", new JsonArray().add("number").add("version"));
  }

  /** The same with other threading. */
  public SwapPlugin on(String otherThreading, int otherInstances) {
    return new SwapPlugin(version, otherThreading, otherInstances, work, millis, start, reply);
  }

  /** The same with other work for each request. */
  public SwapPlugin doing(String otherWork, int otherMillis) {
    return new SwapPlugin(version, threading, instances, otherWork, otherMillis, start, reply);
  }

  /** The same, but it starts otherwise. */
  public SwapPlugin starting(String otherStart) {
    return new SwapPlugin(version, threading, instances, work, millis, otherStart, reply);
  }

  /** The same with another schema of replies. */
  public SwapPlugin replying(JsonObject otherReply) {
    return new SwapPlugin(version, threading, instances, work, millis, start, otherReply);
  }

  /** The descriptor that goes into the jar. */
  public JsonObject descriptor() {
    JsonObject descriptor =
        new JsonObject()
            .put("id", "swap")
            .put("version", version)
            .put("api", "^1.0")
            .put("verticle", SwapVerticle.class.getName())
            .put("threading", threading)
            .put("instances", instances)
            .put("settings", settings())
            .put(
                "addresses",
                new JsonArray()
                    .add(address(ASK, "request").put("reply", reply))
                    .add(address(TELL, "event"))
                    .add(address(TALLY, "request")));
    return work.equals("query")
        ? descriptor.put("needs", new JsonArray().add("database"))
        : descriptor;
  }

  private static JsonObject address(String address, String kind) {
    return new JsonObject()
        .put("address", address)
        .put("kind", kind)
        .put("summary", "A load's")
        .put("request", new JsonObject().put("type", "object"));
  }

  /** What sets one version apart is told to the code as the defaults of its settings. */
  private JsonObject settings() {
    return new JsonObject()
        .put("type", "object")
        .put(
            "properties",
            new JsonObject()
                .put("version", byDefault("string", version))
                .put("work", byDefault("string", work))
                .put("millis", byDefault("integer", millis))
                .put("start", byDefault("string", start)));
  }

  private static JsonObject byDefault(String type, Object value) {
    return new JsonObject().put("type", type).put("default", value);
  }

  /** Writes the jar. */
  public Path writeTo(Path jar) throws IOException {
    return write(jar, descriptor().encodePrettily(), true);
  }

  /** Writes the jar without the class that its descriptor names. */
  public Path writeWithoutClassTo(Path jar) throws IOException {
    return write(jar, descriptor().encodePrettily(), false);
  }

  /** Writes a jar whose descriptor is this text. */
  public static Path writeTo(Path jar, String descriptor) throws IOException {
    return write(jar, descriptor, true);
  }

  private static Path write(Path jar, String descriptor, boolean whole) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(out, DESCRIPTOR, descriptor.getBytes(StandardCharsets.UTF_8));
      put(out, SwapTally.class);
      if (whole) {
        put(out, SwapVerticle.class);
        for (Class<?> nested : SwapVerticle.class.getDeclaredClasses()) {
          put(out, nested);
        }
      }
    }
    return jar;
  }

  private static void put(JarOutputStream out, Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + path))) {
      put(out, path, in.readAllBytes());
    }
  }

  private static void put(JarOutputStream out, String path, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(path);
    // The same version is the same bytes, whenever it is written.
    entry.setTime(0);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
