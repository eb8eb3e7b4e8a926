package io.drawbridge.acceptance.swap;

import io.drawbridge.bench.swap.SwapPlugin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A next version that must not take over, and what ops are told about it. */
enum BadPlugin {
  NO_ZIP("is no jar", "Build it anew"),
  HALF_A_JAR("jar: is ", ""),
  A_BAD_DESCRIPTOR("/verticel", "Did you mean \"verticle\"?"),
  A_CLASS_MISSING("is not in the jar", ""),
  START_THROWS("no start today", "Mend it there"),
  START_NEVER_ENDS("open did not end within 2 s", "plugins.startSeconds"),
  A_SCHEMA_THAT_BREAKS_CLIENTS("version", "--force");

  private static final SwapPlugin NEXT = SwapPlugin.of("1.1.0");

  /** What the line must say of the problem. */
  final String problem;

  /** What the line must say of the remedy. */
  final String remedy;

  BadPlugin(String problem, String remedy) {
    this.problem = problem;
    this.remedy = remedy;
  }

  Path writeTo(Path jar) throws IOException {
    return switch (this) {
      case NO_ZIP -> Files.write(jar, "no zip at all".getBytes(StandardCharsets.UTF_8));
      case HALF_A_JAR -> half(NEXT.writeTo(jar));
      case A_BAD_DESCRIPTOR ->
          SwapPlugin.writeTo(
              jar, NEXT.descriptor().encode().replace("\"verticle\"", "\"verticel\""));
      case A_CLASS_MISSING -> NEXT.writeWithoutClassTo(jar);
      case START_THROWS -> NEXT.starting("throws").writeTo(jar);
      case START_NEVER_ENDS -> NEXT.starting("never").writeTo(jar);
      case A_SCHEMA_THAT_BREAKS_CLIENTS ->
          NEXT.replying(new JsonObject().put("type", "object")).writeTo(jar);
    };
  }

  private static Path half(Path jar) throws IOException {
    byte[] whole = Files.readAllBytes(jar);
    return Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
  }
}
