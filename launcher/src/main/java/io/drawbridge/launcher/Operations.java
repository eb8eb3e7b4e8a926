package io.drawbridge.launcher;

import io.drawbridge.config.Settings;
import io.drawbridge.database.SharedDatabase;
import io.drawbridge.http.ClientAddress;
import io.drawbridge.http.HttpEntrance;
import io.drawbridge.http.Networks;
import io.drawbridge.ops.AdminApi;
import io.drawbridge.ops.AuditLog;
import io.drawbridge.ops.BridgeMetrics;
import io.drawbridge.ops.ContractPages;
import io.drawbridge.ops.Health;
import io.drawbridge.ops.Health.Problem;
import io.drawbridge.ops.MetricsPage;
import io.drawbridge.ops.Neighbourhood;
import io.drawbridge.ops.PluginMetrics;
import io.drawbridge.ops.PluginOperations;
import io.drawbridge.ops.SignInAudit;
import io.drawbridge.ops.Uploads;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.pluginhost.PluginHost;
import io.drawbridge.pluginhost.PluginState;
import io.drawbridge.pluginhost.PluginStatus;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What ops see of the server: hands the rooms' state to health, metrics, admin API and audit. */
final class Operations {

  private static final int DATABASE_CHECK_MILLIS = 900;
  private static final Set<PluginState> TROUBLED =
      Set.of(PluginState.FAILED, PluginState.QUARANTINED);

  private final SharedDatabase database;
  private final PluginHost plugins;
  private final Health health;
  private final MetricsPage metricsPage;
  private final AdminApi admin;
  private final SignInAudit signIns;
  private final ContractPages contracts;

  Operations(
      Settings settings,
      TokenVerifier verifier,
      HttpEntrance entrance,
      SharedDatabase database,
      PluginHost plugins,
      BridgeMetrics metrics,
      PluginMetrics pluginMetrics,
      AuditLog audit,
      Uploads uploads) {
    this.database = database;
    this.plugins = plugins;
    ClientAddress clients = entrance.clients();
    Networks networks = Networks.parse(settings.admin().from());
    Neighbourhood neighbourhood =
        new Neighbourhood(request -> clients.of(request.request()), networks::contains);
    this.health = new Health(this::problems, neighbourhood::holds);
    this.metricsPage =
        new MetricsPage(
            metrics,
            entrance::connections,
            pluginMetrics,
            plugins::figures,
            this::pluginsByState,
            neighbourhood);
    this.admin =
        new AdminApi(neighbourhood, verifier, audit, PluginOperations.of(plugins), uploads);
    this.signIns = new SignInAudit(audit, clients);
    this.contracts =
        new ContractPages(plugins::contracts, () -> Listening.server(settings.http(), entrance));
  }

  Health health() {
    return health;
  }

  List<Consumer<Router>> routes() {
    return List.of(health, metricsPage, admin, signIns, contracts);
  }

  /** What fails, and what is refused to everybody. */
  private Future<List<Problem>> problems() {
    List<Problem> found = new ArrayList<>();
    for (PluginStatus plugin : plugins.plugins()) {
      if (TROUBLED.contains(plugin.state())) {
        found.add(new Problem("plugin " + plugin.id(), String.valueOf(plugin.error())));
      }
    }
    if (!database.asked()) {
      return Future.succeededFuture(found);
    }
    return database
        .check()
        .timeout(DATABASE_CHECK_MILLIS, TimeUnit.MILLISECONDS)
        .map(found)
        .otherwise(
            error -> {
              found.add(new Problem("database", String.valueOf(error.getMessage())));
              return found;
            });
  }

  private Map<String, Integer> pluginsByState() {
    return plugins.plugins().stream()
        .collect(
            Collectors.groupingBy(
                plugin -> word(plugin.state()), Collectors.summingInt(plugin -> 1)));
  }

  private static String word(PluginState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
