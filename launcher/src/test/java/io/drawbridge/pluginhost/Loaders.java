package io.drawbridge.pluginhost;

import static io.drawbridge.pluginhost.PluginJar.request;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The class loaders of the versions of one plugin, {@code stays}, held weakly: which of them are
 * still in memory.
 */
final class Loaders implements AutoCloseable {

  private static final String NOTED = "stays.loader";

  /** Things that a plugin may leave behind, for the text of {@code open} and of handlers. */
  private static final String BELONGINGS =
      """
      static class Note implements io.vertx.core.shareddata.Shareable {}

      static class NoteCodec implements io.vertx.core.eventbus.MessageCodec<Note, Note> {
        @Override public void encodeToWire(io.vertx.core.buffer.Buffer buffer, Note note) {}
        @Override public Note decodeFromWire(int at, io.vertx.core.buffer.Buffer buffer) { return new Note(); }
        @Override public Note transform(Note note) { return note; }
        @Override public String name() { return "note"; }
        @Override public byte systemCodecID() { return -1; }
      }

      public static class Child extends VerticleBase {
        @Override public Future<?> start() {
          vertx.eventBus().consumer("child", message -> {});
          vertx.setPeriodic(10, id -> {});
          return Future.succeededFuture();
        }
      }

      static class Stillborn extends VerticleBase {
        @Override public Future<?> start() { return Future.failedFuture("stillborn"); }
      }

      static final List<Object> kept = new CopyOnWriteArrayList<>();
      static final ThreadLocal<Note> LOCAL = new ThreadLocal<>();
      static final Handler<io.vertx.core.eventbus.DeliveryContext<Object>> PASS = each -> each.next();
      """;

  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  /** A version whose {@code open} and {@code close} begin so, and whose handler does that. */
  static PluginJar version(String version, String more, String open, String handler, String close) {
    return PluginJar.plugin(
            "stays",
            request("stays.ask"),
            """
            %s
            private Vertx here;
            @Override protected Future<?> open(PluginContext context) {
              System.getProperties().put("%s", getClass().getClassLoader());
              here = context.vertx();
              context.handle("stays.ask", (body, caller) -> { %s });
              %s
              return Future.succeededFuture();
            }
            @Override protected Future<?> close() {
              %s
              return Future.succeededFuture();
            }
            """
                .formatted(BELONGINGS, NOTED, handler, open, close))
        .descriptor(
            PluginJar.descriptor("stays", request("stays.ask"), more)
                .replace("\"1.0.0\"", '"' + version + '"'));
  }

  /** Remembers the one whose {@code open} was called last. */
  void note() {
    loaders.add(new WeakReference<>((ClassLoader) System.getProperties().remove(NOTED)));
  }

  /** How many of them are still there, once the collector has had its chances. */
  long left(long expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    long left = loaders.size();
    while (left > expected && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      left = loaders.stream().filter(loader -> loader.get() != null).count();
    }
    return left;
  }

  @Override
  public void close() {
    System.getProperties().remove(NOTED);
  }
}
