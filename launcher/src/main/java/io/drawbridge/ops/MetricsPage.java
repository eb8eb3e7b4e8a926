package io.drawbridge.ops;

import io.drawbridge.pluginhost.PluginFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics} in the Prometheus format: the bridge's counters, plugins by state, and the JVM's
 * basics. For ops' networks, without a token. The registry is made at the first scrape, off the
 * event loop, because making it takes a quarter of the whole start.
 */
public final class MetricsPage implements Consumer<Router>, AutoCloseable {

  private final BridgeMetrics bridge;
  private final IntSupplier httpConnections;
  private final PluginMetrics plugins;
  private final Supplier<List<PluginFigures>> pluginFigures;
  private final Supplier<Map<String, Integer>> pluginsByState;
  private final Neighbourhood neighbourhood;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Set<Object> known = new HashSet<>();
  private @Nullable PrometheusMeterRegistry registry;
  private PluginMetrics.@Nullable InRegistry pluginMeters;

  /**
   * @param httpConnections how many connections are open, upgraded ones included
   */
  public MetricsPage(
      BridgeMetrics bridge,
      IntSupplier httpConnections,
      PluginMetrics plugins,
      Supplier<List<PluginFigures>> pluginFigures,
      Supplier<Map<String, Integer>> pluginsByState,
      Neighbourhood neighbourhood) {
    this.bridge = bridge;
    this.httpConnections = httpConnections;
    this.plugins = plugins;
    this.pluginFigures = pluginFigures;
    this.pluginsByState = pluginsByState;
    this.neighbourhood = neighbourhood;
  }

  @Override
  public void accept(Router router) {
    router.get("/metrics").handler(this::answer);
  }

  private void answer(RoutingContext request) {
    if (!neighbourhood.holds(request)) {
      request.response().setStatusCode(403);
      request.json(new JsonObject().put("error", "metrics are for the networks of admin.from"));
      return;
    }
    request
        .vertx()
        .executeBlocking(this::scrape)
        .onSuccess(
            text ->
                request
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(text))
        .onFailure(request::fail);
  }

  synchronized String scrape() {
    PrometheusMeterRegistry open = registry;
    if (open == null) {
      open = open();
      registry = open;
      pluginMeters = plugins.new InRegistry(open, pluginFigures);
    }
    registerNewcomers(open);
    if (pluginMeters != null) {
      pluginMeters.registerNewcomers();
    }
    return open.scrape();
  }

  private PrometheusMeterRegistry open() {
    PrometheusMeterRegistry opened = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    opened.getPrometheusRegistry().register(new PingHistogram(bridge));
    new JvmMemoryMetrics().bindTo(opened);
    collections.bindTo(opened);
    new JvmThreadMetrics().bindTo(opened);
    new ClassLoaderMetrics().bindTo(opened);
    new ProcessorMetrics().bindTo(opened);
    new FileDescriptorMetrics().bindTo(opened);
    new UptimeMetrics().bindTo(opened);
    counter(opened, "drawbridge.frames", bridge.framesIn, "direction", "in");
    counter(opened, "drawbridge.frames", bridge.framesOut, "direction", "out");
    counter(opened, "drawbridge.bytes", bridge.bytesIn, "direction", "in");
    counter(opened, "drawbridge.bytes", bridge.bytesOut, "direction", "out");
    gauge(opened, "drawbridge.queued.bytes", bridge.queuedBytes);
    Gauge.builder("drawbridge.http.connections", httpConnections, IntSupplier::getAsInt)
        .register(opened);
    bridge.events.forEach(
        (event, count) ->
            counter(
                opened,
                "drawbridge.events",
                count,
                "event",
                event.name().toLowerCase(Locale.ROOT)));
    return opened;
  }

  /** Words, codes, transports and plugin states are registered when they first occur. */
  private void registerNewcomers(MeterRegistry open) {
    bridge.connections.forEach(
        (transport, count) -> {
          if (known.add(transport)) {
            gauge(open, "drawbridge.connections", count, "transport", transport);
          }
        });
    bridge.refusals.forEach(
        (refusal, count) -> {
          if (known.add(refusal)) {
            String code = String.valueOf(refusal.code());
            counter(open, "drawbridge.refusals", count, "word", refusal.word(), "code", code);
          }
        });
    bridge.turnedAway.forEach(
        (reason, count) -> {
          if (known.add(reason)) {
            String word = reason.name().toLowerCase(Locale.ROOT);
            counter(open, "drawbridge.turned.away", count, "reason", word);
          }
        });
    bridge.closes.forEach(
        (code, count) -> {
          if (known.add(code)) {
            counter(open, "drawbridge.closes", count, "code", String.valueOf(code));
          }
        });
    for (String state : pluginsByState.get().keySet()) {
      if (known.add("plugins " + state)) {
        Gauge.builder("drawbridge.plugins", pluginsByState, by -> by.get().getOrDefault(state, 0))
            .tag("state", state)
            .register(open);
      }
    }
  }

  private static void counter(
      MeterRegistry registry, String name, LongAdder count, String... tags) {
    FunctionCounter.builder(name, count, LongAdder::sum).tags(tags).register(registry);
  }

  private static void gauge(MeterRegistry registry, String name, LongAdder count, String... tags) {
    Gauge.builder(name, count, LongAdder::sum).tags(tags).register(registry);
  }

  @Override
  public void close() {
    collections.close();
  }
}
