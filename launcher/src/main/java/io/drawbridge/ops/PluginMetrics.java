package io.drawbridge.ops;

import io.drawbridge.pluginhost.Deployment;
import io.drawbridge.pluginhost.PluginFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What plugins do and how they change, for the metrics page. */
public final class PluginMetrics implements Consumer<Deployment> {

  private static final double NANOS = 1e9;

  /** A change as the metrics tell it: both are the server's words. */
  private record Change(String action, String outcome) {}

  private final Map<Change, LongAdder> changes = new ConcurrentHashMap<>();

  /** Counts a change of what runs, done or refused. */
  @Override
  public void accept(Deployment change) {
    changes
        .computeIfAbsent(
            new Change(change.action(), change.error() == null ? "done" : "refused"),
            absent -> new LongAdder())
        .increment();
  }

  /** The same for one registry: what occurs for the first time is registered then. */
  final class InRegistry {

    private final MeterRegistry registry;
    private final Supplier<List<PluginFigures>> figures;
    private final Set<Object> known = new HashSet<>();

    InRegistry(MeterRegistry registry, Supplier<List<PluginFigures>> figures) {
      this.registry = registry;
      this.figures = figures;
    }

    void registerNewcomers() {
      changes.forEach(
          (change, count) -> {
            if (known.add(change)) {
              FunctionCounter.builder("drawbridge.plugin.changes", count, LongAdder::sum)
                  .tags("action", change.action(), "outcome", change.outcome())
                  .register(registry);
            }
          });
      for (PluginFigures plugin : figures.get()) {
        if (known.add(plugin.id())) {
          register(plugin.id());
        }
      }
    }

    private void register(String id) {
      counter("drawbridge.plugin.calls", id, PluginFigures::calls);
      counter("drawbridge.plugin.failures", id, PluginFigures::failures);
      counter("drawbridge.plugin.drain.refused", id, PluginFigures::refused);
      gauge("drawbridge.plugin.generation", id, PluginFigures::generation);
      gauge("drawbridge.plugin.leaked", id, PluginFigures::leaked);
      gauge("drawbridge.plugin.p99.seconds", id, plugin -> plugin.p99Nanos() / NANOS);
    }

    private void counter(String name, String id, ToDoubleFunction<PluginFigures> figure) {
      FunctionCounter.builder(name, figures, all -> of(id, figure))
          .tags("plugin", id)
          .register(registry);
    }

    private void gauge(String name, String id, ToDoubleFunction<PluginFigures> figure) {
      Gauge.builder(name, figures, all -> of(id, figure)).tags("plugin", id).register(registry);
    }

    private double of(String id, ToDoubleFunction<PluginFigures> figure) {
      return figures.get().stream()
          .filter(plugin -> plugin.id().equals(id))
          .mapToDouble(figure)
          .findFirst()
          .orElse(0);
    }
  }
}
