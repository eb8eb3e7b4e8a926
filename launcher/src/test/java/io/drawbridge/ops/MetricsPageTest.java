package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bridge.BridgeListener.Event;
import io.drawbridge.bridge.BridgeListener.Source;
import io.drawbridge.permission.Subject;
import io.drawbridge.pluginhost.Deployment;
import io.drawbridge.pluginhost.PluginFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final Source SOMEBODY = new Source("s-1", "raw", "192.0.2.7", Subject.ANONYMOUS);

  private final BridgeMetrics bridge = new BridgeMetrics();
  private final PluginMetrics plugins = new PluginMetrics();
  private boolean fromOps = true;
  private MetricsPage page;
  private OpsServer server;

  @BeforeEach
  void start() {
    page =
        new MetricsPage(
            bridge,
            () -> 17,
            plugins,
            () -> List.of(new PluginFigures("chat", 3, 100, 7, 2, 1, 4_000_000)),
            () -> Map.of("running", 2, "failed", 1),
            new Neighbourhood(any -> "", any -> fromOps));
    server = new OpsServer(List.of(page));
  }

  @AfterEach
  void stop() {
    server.close();
    page.close();
  }

  @Test
  void countsConnectionsByTransport() throws Exception {
    bridge.happened(Event.SOCKET_CREATED, SOMEBODY, null);
    bridge.happened(Event.SOCKET_CREATED, SOMEBODY, null);
    bridge.happened(Event.SOCKET_CLOSED, SOMEBODY, null);

    assertThat(scrape())
        .contains("drawbridge_connections{transport=\"raw\"} 1.0")
        .contains("drawbridge_events_total{event=\"socket_created\"} 2.0");
  }

  @Test
  void countsFramesBytesAndWhatWaits() throws Exception {
    bridge.received(40);
    bridge.wrote(3, 900);
    bridge.queued(500);
    bridge.queued(-120);

    assertThat(scrape())
        .contains("drawbridge_frames_total{direction=\"in\"} 1.0")
        .contains("drawbridge_frames_total{direction=\"out\"} 3.0")
        .contains("drawbridge_bytes_total{direction=\"in\"} 40.0")
        .contains("drawbridge_bytes_total{direction=\"out\"} 900.0")
        .contains("drawbridge_queued_bytes 380.0")
        .contains("drawbridge_http_connections 17.0");
  }

  @Test
  void countsRefusalsAndClosesByCodeAlsoThoseThatComeLater() throws Exception {
    scrape();
    bridge.refused(SOMEBODY, "access_denied", 4103, "a.b", "no rule");
    bridge.closing(SOMEBODY, 3008, "too slow");

    assertThat(scrape())
        .contains("drawbridge_refusals_total{code=\"4103\",word=\"access_denied\"} 1.0")
        .contains("drawbridge_closes_total{code=\"3008\"} 1.0");
  }

  @Test
  void sortsPingTimesIntoAHistogram() throws Exception {
    bridge.ponged(3);
    bridge.ponged(9_000);

    assertThat(scrape())
        .contains("drawbridge_ping_seconds_bucket{le=\"0.002\"} 0")
        .contains("drawbridge_ping_seconds_bucket{le=\"0.005\"} 1")
        .contains("drawbridge_ping_seconds_bucket{le=\"+Inf\"} 2")
        .contains("drawbridge_ping_seconds_sum 9.003");
  }

  @Test
  void tellsPluginsByStateAndTheJvmsBasics() throws Exception {
    assertThat(scrape())
        .contains("drawbridge_plugins{state=\"failed\"} 1.0")
        .contains("jvm_memory_used_bytes{area=\"heap\"")
        .contains("process_uptime_seconds");
  }

  @Test
  void tellsWhatPluginsDoAndHowTheyChange() throws Exception {
    scrape();
    plugins.accept(new Deployment("deploy", "chat", "1.0.0", "00", "alice", null));
    plugins.accept(new Deployment("deploy", "chat", "1.0.1", "01", "alice", "is no jar"));

    assertThat(scrape())
        .contains("drawbridge_plugin_changes_total{action=\"deploy\",outcome=\"done\"} 1.0")
        .contains("drawbridge_plugin_changes_total{action=\"deploy\",outcome=\"refused\"} 1.0")
        .contains("drawbridge_plugin_calls_total{plugin=\"chat\"} 100.0")
        .contains("drawbridge_plugin_failures_total{plugin=\"chat\"} 7.0")
        .contains("drawbridge_plugin_drain_refused_total{plugin=\"chat\"} 2.0")
        .contains("drawbridge_plugin_leaked{plugin=\"chat\"} 1.0")
        .contains("drawbridge_plugin_generation{plugin=\"chat\"} 3.0")
        .contains("drawbridge_plugin_p99_seconds{plugin=\"chat\"} 0.004");
  }

  @Test
  void isNotForStrangers() throws Exception {
    fromOps = false;

    assertThat(server.get("/metrics").statusCode()).isEqualTo(403);
    assertThat(server.get("/metrics").body()).doesNotContain("drawbridge_");
  }

  private String scrape() throws Exception {
    var answer = server.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
