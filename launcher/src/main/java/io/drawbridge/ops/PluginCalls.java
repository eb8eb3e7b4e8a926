package io.drawbridge.ops;

import io.drawbridge.config.ConfigException;
import io.drawbridge.pluginhost.DeployOptions;
import io.drawbridge.pluginhost.Deployment;
import io.drawbridge.pluginhost.PluginStatus;
import io.drawbridge.pluginhost.contract.PluginException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin API's calls about plugins: each answers when the host has done what was asked. */
final class PluginCalls {

  private static final Logger LOGGER = LoggerFactory.getLogger(PluginCalls.class);
  private static final Pattern CANARY = Pattern.compile("[1-9][0-9]?");
  private static final Set<String> DEPLOY_PARAMETERS = Set.of("canary", "force");

  private final PluginOperations operations;
  private final Uploads uploads;
  private final AuditLog audit;

  PluginCalls(PluginOperations operations, Uploads uploads, AuditLog audit) {
    this.operations = operations;
    this.uploads = uploads;
    this.audit = audit;
  }

  void list(RoutingContext request) {
    var list = new JsonArray();
    operations.list().get().forEach(status -> list.add(json(status)));
    AdminAnswers.send(request, list);
  }

  void deploy(RoutingContext request) {
    DeployOptions options;
    try {
      options = options(request);
    } catch (IllegalArgumentException e) {
      AdminAnswers.refuse(request, 400, String.valueOf(e.getMessage()));
      return;
    }
    List<PluginStatus> before = operations.list().get();
    uploads
        .receive(request.request())
        .onFailure(failure -> notReceived(request, options, failure))
        .onSuccess(
            upload -> {
              Future<PluginStatus> deployed = operations.deploy().apply(upload.jar(), options);
              deployed.onComplete(any -> upload.discard());
              answer(request, before, deployed, 422);
            });
  }

  /** The host never hears of it, so that it can't write it down. */
  private void notReceived(RoutingContext request, DeployOptions options, Throwable failure) {
    String line = line(failure);
    audit.deployment(new Deployment("deploy", "", null, null, options.by(), line));
    AdminAnswers.refuse(request, status(failure), line);
  }

  private static DeployOptions options(RoutingContext request) {
    for (String name : request.queryParams().names()) {
      if (!DEPLOY_PARAMETERS.contains(name)) {
        throw new IllegalArgumentException(name + " is no parameter here: canary and force are");
      }
    }
    String canary = request.queryParams().get("canary");
    String force = request.queryParams().get("force");
    if (canary != null && !CANARY.matcher(canary).matches()) {
      throw new IllegalArgumentException("canary must be a whole number from 1 to 99");
    }
    if (force != null && !force.equals("true") && !force.equals("false")) {
      throw new IllegalArgumentException("force must be true or false");
    }
    return new DeployOptions(
        canary == null ? 0 : Integer.parseInt(canary),
        "true".equals(force),
        AdminGate.subjectOf(request));
  }

  void undeploy(RoutingContext request) {
    change(request, operations.undeploy());
  }

  void change(RoutingContext request) {
    var change = operations.changes().get(request.pathParam("change"));
    if (change == null) {
      request.next();
    } else {
      change(request, change);
    }
  }

  private void change(
      RoutingContext request, BiFunction<String, String, Future<PluginStatus>> change) {
    String id = request.pathParam("id");
    List<PluginStatus> before = operations.list().get();
    if (before.stream().noneMatch(status -> status.id().equals(id))) {
      AdminAnswers.refuse(request, 404, line(PluginException.unknown(id)));
      return;
    }
    answer(request, before, change.apply(id, AdminGate.subjectOf(request)), 409);
  }

  /** Tells the outcome; what takes longer than it may goes on without the caller. */
  private void answer(
      RoutingContext request,
      List<PluginStatus> before,
      Future<PluginStatus> outcome,
      int refused) {
    outcome
        .timeout(uploads.answerSeconds(), TimeUnit.SECONDS)
        .onSuccess(status -> AdminAnswers.send(request, changed(before, status)))
        .onFailure(failure -> failed(request, failure, refused));
  }

  private void failed(RoutingContext request, Throwable failure, int refused) {
    if (failure instanceof PluginException || failure instanceof ConfigException) {
      boolean passing = failure instanceof PluginException plugin && plugin.isPassing();
      AdminAnswers.refuse(request, passing ? 409 : refused, line(failure));
    } else if (failure instanceof TimeoutException) {
      String sentence =
          "this has not ended within %d s and goes on: look at the listing"
              .formatted(uploads.answerSeconds());
      AdminAnswers.refuse(request, 504, sentence);
    } else {
      LOGGER.atError().setCause(failure).log("a change of plugins failed");
      AdminAnswers.refuse(request, 500, line(failure) + ". The server's log says more");
    }
  }

  private static int status(Throwable failure) {
    return failure instanceof UploadException refusal ? refusal.status() : 500;
  }

  private static String line(Throwable failure) {
    return failure instanceof UploadException
        ? String.valueOf(failure.getMessage())
        : PluginException.lineOf(failure);
  }

  /** What runs now, and what ran before the change. */
  private static JsonObject changed(List<PluginStatus> before, PluginStatus now) {
    JsonObject was =
        before.stream()
            .filter(status -> status.id().equals(now.id()))
            .findFirst()
            .map(PluginCalls::json)
            .orElse(null);
    return json(now).put("was", was);
  }

  private static JsonObject json(PluginStatus status) {
    PluginStatus.Canary canary = status.canary();
    PluginStatus.Trial trial = status.trial();
    return new JsonObject()
        .put("id", status.id())
        .put("version", status.version())
        .put("state", status.state().name().toLowerCase(Locale.ROOT))
        .put("generation", status.generation())
        .put("addresses", new JsonArray(status.addresses()))
        .put("previous", status.previous())
        .put("error", status.error())
        .put("leaked", status.leaked())
        .put("sha256", status.sha256())
        .put("swap", status.hotSwap() ? "hot" : "weak")
        .put(
            "canary",
            canary == null
                ? null
                : new JsonObject(Map.of("version", canary.version(), "percent", canary.percent())))
        .put("probation", trial == null ? null : trial(trial));
  }

  private static JsonObject trial(PluginStatus.Trial trial) {
    return new JsonObject()
        .put("calls", trial.calls())
        .put("needed", trial.needed())
        .put("secondsLeft", trial.secondsLeft());
  }
}
