package io.drawbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** How long it takes from saving a handler's source until a client gets the new answer. */
final class SavedRow implements AutoCloseable {

  private static final int RUNS = 5;
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String ADDRESS = "swap.saved";

  private static final String DESCRIPTOR =
      """
      {"id": "saved", "version": "1.0.0", "api": "^1.0", "verticle": "SavedVerticle",
       "addresses": [{"address": "%s", "kind": "request", "summary": "Says which save it is"}]}
      """;

  private static final String SOURCE =
      """
      import io.drawbridge.plugin.*;
      import io.vertx.core.Future;
      import io.vertx.core.json.JsonObject;

      public final class SavedVerticle extends HandlerVerticle {
        @Override
        protected Future<?> open(PluginContext context) {
          context.handle("%s", (body, caller) ->
              Future.succeededFuture(new JsonObject().put("save", "save-%d.")));
          return Future.succeededFuture();
        }
      }
      """;

  private final Path project;
  private final LoadLoop loop;
  private final LoadClient client;
  private String heard = "";
  private int asked;

  private SavedRow(Path project, int port) throws IOException {
    this.project = project;
    this.loop = new LoadLoop();
    this.client = loop.connect(port, this::hear);
  }

  private void hear(
      LoadClient from, int opcode, ByteBuffer buffer, int start, int length, long nanos) {
    byte[] bytes = new byte[length];
    buffer.get(start, bytes);
    heard = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * One save.
   *
   * @param seconds from the saved source to the new answer
   * @param compileSeconds how many of them the compiler took
   */
  record Figures(double seconds, double compileSeconds) {}

  /** Develops a project as {@code ./run --dev} does, and gives the run in the middle. */
  static Figures measure(Servers servers) throws IOException, InterruptedException {
    Path project = Files.createTempDirectory("drawbridge-saved");
    try {
      write(project, 0);
      compile(project);
      Path descriptor = project.resolve("target/classes/META-INF/drawbridge/plugin.json");
      Files.createDirectories(descriptor.resolveSibling(""));
      Files.writeString(descriptor, DESCRIPTOR.formatted(ADDRESS));
      try (Servers.Host host = servers.host("", "--dev", project.toString())) {
        return measure(new SavedRow(project, host.server().port()));
      }
    } finally {
      TemporaryFiles.delete(project);
    }
  }

  private static Figures measure(SavedRow row) throws IOException {
    try (row) {
      List<Figures> runs = new ArrayList<>();
      row.save(1);
      for (int i = 0; i < RUNS; i++) {
        Figures run = row.save(i + 2);
        System.err.println("  saved, " + run);
        runs.add(run);
      }
      runs.sort(Comparator.comparingDouble(Figures::seconds));
      return runs.get(RUNS / 2);
    }
  }

  private Figures save(int number) throws IOException {
    long began = System.nanoTime();
    write(project, number);
    compile(project);
    double compileSeconds = (System.nanoTime() - began) / 1e9;
    String wanted = "save-" + number + ".";
    long end = System.nanoTime() + BOUND.toNanos();
    while (!heard.contains(wanted)) {
      if (System.nanoTime() > end) {
        throw new BenchException("what was saved is not served in " + BOUND);
      }
      ask();
      loop.run(Duration.ofMillis(10), 1, () -> {});
    }
    return new Figures((System.nanoTime() - began) / 1e9, compileSeconds);
  }

  private void ask() throws IOException {
    String frame =
        "{\"type\":\"send\",\"address\":\"%s\",\"headers\":{},\"body\":{},\"replyAddress\":\"s-%d\"}"
            .formatted(ADDRESS, asked++);
    client.send(ByteBuffer.wrap(ClientFrames.masked(frame)));
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }

  private static void write(Path project, int number) throws IOException {
    Files.writeString(project.resolve("SavedVerticle.java"), SOURCE.formatted(ADDRESS, number));
  }

  private static void compile(Path project) throws IOException {
    Path classes = Files.createDirectories(project.resolve("target/classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new BenchException("this row compiles Java: run it on a JDK");
    }
    int exit =
        compiler.run(
            null,
            null,
            null,
            "--release",
            "17",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            project.resolve("SavedVerticle.java").toString());
    if (exit != 0) {
      throw new BenchException("the source of this row does not compile");
    }
  }
}
