package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.Handshake;
import io.drawbridge.bridge.transport.SocketAcceptor;
import io.drawbridge.bridge.transport.SocketListener;
import io.drawbridge.config.BridgeConfig;
import io.drawbridge.config.LimitsConfig;
import io.drawbridge.permission.Permissions;
import io.drawbridge.permission.Subject;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.protocol.FrameCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bridge with real event loops and a real bus, whose sockets are {@link RecordingSocket}s. Tokens
 * are written {@code name:authority,authority}; one that begins with {@code bad} or {@code expired}
 * is refused.
 */
final class TestBridge implements AutoCloseable {

  final Vertx vertx = Vertx.vertx();
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicLong queued = new AtomicLong();
  final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

  /** Completes slow tokens; they wait for it. */
  final CompletableFuture<Void> keysFetched = new CompletableFuture<>();

  private final Context hubContext = vertx.getOrCreateContext();
  private final List<Context> contexts;
  private final List<SocketAcceptor> acceptors;
  private final Bridge bridge;
  private int next;

  TestBridge(Permissions permissions) {
    this(permissions, LimitsConfig.defaults(), TestBridge.quickTiming());
  }

  TestBridge(Permissions permissions, LimitsConfig limits, BridgeConfig timing) {
    this.bridge =
        new Bridge(
            new BridgeEnvironment(
                vertx,
                timing,
                limits,
                List.of("tenant"),
                0,
                permissions,
                this::verify,
                new FrameCodec(limits.addressLength(), limits.headers(), limits.nesting()),
                new SubscriptionHub(vertx, hubContext, timing.lingerMillis(), 2),
                new SubjectUsage(limits),
                listener(),
                "n-test"),
            2);
    this.contexts = List.of(newContext(), newContext());
    this.acceptors = contexts.stream().map(c -> on(c, bridge::acceptor)).toList();
  }

  static BridgeConfig quickTiming() {
    return new BridgeConfig(
        25_000, 8_000, 10_000, 2_000, 5_000, 50, 25_000, 8_000, 25_000, 5_000, false);
  }

  EventBus bus() {
    return vertx.eventBus();
  }

  /** How many addresses have a consumer. */
  int addresses() {
    return bridge.addresses();
  }

  Bridge bridge() {
    return bridge;
  }

  Browser anonymous() {
    return connect(null);
  }

  /** Connects a browser; one after the other they land on different event loops. */
  Browser connect(@Nullable String token) {
    int loop = next++ % contexts.size();
    Handshake handshake = new Handshake("raw", "127.0.0.1", null, token);
    RecordingSocket socket = new RecordingSocket(contexts.get(loop), handshake);
    SocketListener listener = on(contexts.get(loop), () -> acceptors.get(loop).accept(socket));
    return new Browser(contexts.get(loop), socket, listener);
  }

  private Future<TokenVerifier.Verification> verify(String token) {
    if (token.startsWith("bad") || token.startsWith("expired")) {
      return Future.succeededFuture(
          new TokenVerifier.Verification.Refused(token.startsWith("expired"), "not this token"));
    }
    Future<TokenVerifier.Verification> accepted =
        Future.succeededFuture(new TokenVerifier.Verification.Accepted(subject(token)));
    return token.startsWith("slow")
        ? Future.fromCompletionStage(keysFetched).compose(v -> accepted)
        : accepted;
  }

  /** {@code alice:chat:read,chat:write@3} is alice with two authorities for three seconds. */
  private static Subject subject(String token) {
    String[] halves = token.split("@", 2);
    String[] parts = halves[0].split(":", 2);
    Set<String> authorities = parts.length == 1 ? Set.of() : Set.of(parts[1].split(","));
    long seconds = halves.length == 1 ? 3600 : Long.parseLong(halves[1].split("#")[0]);
    return new Subject(
        parts[0],
        authorities,
        Map.of("tenant", "acme", "secret", "hidden"),
        Instant.now().plusSeconds(seconds));
  }

  private BridgeListener listener() {
    return new BridgeListener() {
      @Override
      public void happened(Event event, Source source, @Nullable String address) {
        events.add(address == null ? event.name() : event + " " + address);
      }

      @Override
      public void queued(long bytes) {
        queued.addAndGet(bytes);
      }

      @Override
      public void refused(
          Source source, String word, int code, @Nullable String address, String reason) {
        refusals.add(word + " " + code + " " + address);
      }
    };
  }

  private Context newContext() {
    CompletableFuture<Context> context = new CompletableFuture<>();
    Thread fresh = new Thread(() -> context.complete(vertx.getOrCreateContext()));
    fresh.start();
    return context.join();
  }

  static <T> T on(Context context, Callable<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(
        v -> {
          try {
            result.complete(action.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    bridge.close().await();
    vertx.close().await();
  }
}
