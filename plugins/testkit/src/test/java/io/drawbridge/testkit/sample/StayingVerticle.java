package io.drawbridge.testkit.sample;

import io.drawbridge.plugin.HandlerVerticle;
import io.drawbridge.plugin.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.locks.LockSupport;

/** Leaves something behind that keeps its classes in memory: what, its settings say. */
public final class StayingVerticle extends HandlerVerticle {

  @Override
  protected Future<?> open(PluginContext context) {
    Vertx vertx = context.vertx();
    context.handle("staying.ask", (body, caller) -> Future.succeededFuture(new JsonObject()));
    switch (context.settings().getString("leaves")) {
      case "thread" -> startThread();
      case "codec" -> vertx.eventBus().registerDefaultCodec(Note.class, new NoteCodec());
      case "outbound interceptor" -> vertx.eventBus().addOutboundInterceptor(each -> each.next());
      case "inbound interceptor" -> vertx.eventBus().addInboundInterceptor(each -> each.next());
      case "failed child" -> vertx.deployVerticle(new Stillborn());
      default -> throw new IllegalArgumentException("nothing of that name is left behind");
    }
    return Future.succeededFuture();
  }

  private static void startThread() {
    Thread thread = new Thread(StayingVerticle::stayForGood, "staying-thread");
    thread.setDaemon(true);
    thread.start();
  }

  private static void stayForGood() {
    while (true) {
      LockSupport.park();
    }
  }

  private static final class Stillborn extends VerticleBase {
    @Override
    public Future<?> start() {
      return Future.failedFuture("stillborn");
    }
  }

  private record Note(String text) {}

  private static final class NoteCodec implements MessageCodec<Note, Note> {
    @Override
    public void encodeToWire(Buffer buffer, Note note) {
      buffer.appendString(note.text());
    }

    @Override
    public Note decodeFromWire(int at, Buffer buffer) {
      return new Note(buffer.getString(at, buffer.length()));
    }

    @Override
    public Note transform(Note note) {
      return note;
    }

    @Override
    public String name() {
      return "note";
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
