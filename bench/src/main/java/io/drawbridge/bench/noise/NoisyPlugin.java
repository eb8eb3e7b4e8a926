package io.drawbridge.bench.noise;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** The jar of the plugin that misbehaves. */
public final class NoisyPlugin {

  /** Its id. */
  public static final String ID = "noisy";

  /** Where it is asked to. */
  public static final String ADDRESS = "swap.noise";

  /** Where it publishes. */
  static final String FLOOD = "swap.flood";

  private NoisyPlugin() {}

  /** Writes the jar for one kind of noise. */
  public static Path writeTo(Path jar, Noise noise) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(
          out,
          "META-INF/drawbridge/plugin.json",
          descriptor(noise).encodePrettily().getBytes(StandardCharsets.UTF_8));
      String path = NoisyVerticle.class.getName().replace('.', '/') + ".class";
      try (InputStream in =
          Objects.requireNonNull(NoisyVerticle.class.getResourceAsStream("/" + path))) {
        put(out, path, in.readAllBytes());
      }
    }
    return jar;
  }

  private static JsonObject descriptor(Noise noise) {
    JsonObject setting = new JsonObject().put("type", "string").put("default", noise.toString());
    return new JsonObject()
        .put("id", ID)
        .put("version", "1.0.0")
        .put("api", "^1.0")
        .put("verticle", NoisyVerticle.class.getName())
        .put("needs", new JsonArray(noise.needsDatabase() ? List.of("database") : List.of()))
        .put(
            "settings",
            new JsonObject()
                .put("type", "object")
                .put("properties", new JsonObject().put("noise", setting)))
        .put(
            "addresses",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("address", ADDRESS)
                        .put("kind", "request")
                        .put("summary", "Makes noise"))
                .add(
                    new JsonObject()
                        .put("address", FLOOD)
                        .put("kind", "broadcast")
                        .put("summary", "What it floods")));
  }

  private static void put(JarOutputStream out, String path, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(path));
    out.write(content);
    out.closeEntry();
  }
}
