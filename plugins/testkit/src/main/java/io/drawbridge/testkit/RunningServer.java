package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A test's server while it runs, and what can be asked of it. */
final class RunningServer implements AutoCloseable {

  private static final Duration GOES_WITHIN = Duration.ofSeconds(15);

  private final ServerProcess process;
  private final TestTokens tokens;
  private final ServerLog log;
  private final AdminCalls admin;

  RunningServer(ServerProcess process, TestTokens tokens, ServerLog log) {
    this.process = process;
    this.tokens = tokens;
    this.log = log;
    this.admin = new AdminCalls(process.url(), tokens.issue("testkit", "drawbridge:admin"));
  }

  String url() {
    return process.url();
  }

  TestTokens tokens() {
    return tokens;
  }

  AdminCalls admin() {
    return admin;
  }

  /** Or fails with the reason of the listing. */
  void expectRunning(PluginJar jar) throws IOException {
    JsonObject status =
        admin.plugins().stream()
            .filter(each -> jar.id().equals(each.getString("id")))
            .findFirst()
            .orElseGet(() -> new JsonObject().put("error", "the server does not list it"));
    if (!"running".equals(status.getString("state"))) {
      List<String> complaints = log.complaints();
      close();
      throw new AssertionError(
          "plugin "
              + jar.id()
              + " does not run: "
              + status.getString("error")
              + (complaints.isEmpty() ? "" : "\n" + String.join("\n", complaints)));
    }
  }

  /** From here on the log is the next test's. */
  void markLog() throws IOException {
    log.mark();
  }

  List<String> complaints() throws IOException {
    return log.complaints();
  }

  void assertNothingStays() throws IOException {
    long end = System.nanoTime() + GOES_WITHIN.toNanos();
    long wanted = versionsThatRun();
    long found = LoaderCensus.take(process.pid());
    while (found > wanted && System.nanoTime() < end) {
      found = LoaderCensus.take(process.pid());
    }
    if (found > wanted) {
      throw new AssertionError(
          "%d versions of plugins are in memory, and %d run. What the server says: %s"
              .formatted(found, wanted, log.leaks()));
    }
  }

  private long versionsThatRun() throws IOException {
    long count = 0;
    for (JsonObject each : admin.plugins()) {
      boolean runs = List.of("running", "quarantined").contains(each.getString("state"));
      count += (runs ? 1 : 0) + (each.getJsonObject("canary") == null ? 0 : 1);
    }
    return count;
  }

  @Override
  public void close() {
    process.close();
  }
}
