package io.drawbridge.ops;

import io.drawbridge.permission.TokenVerifier;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What ops ask the running server for, behind {@link AdminGate}. */
public final class AdminApi implements Consumer<Router> {

  private final AdminGate gate;
  private final Supplier<JsonArray> plugins;

  /**
   * @param plugins what {@code GET /admin/api/plugins} answers with
   */
  public AdminApi(
      Neighbourhood neighbourhood,
      TokenVerifier verifier,
      AuditLog audit,
      Supplier<JsonArray> plugins) {
    this.gate = new AdminGate(neighbourhood, verifier, audit);
    this.plugins = plugins;
  }

  @Override
  public void accept(Router router) {
    router.route("/admin/api/*").handler(gate);
    router
        .get("/admin/api/plugins")
        .handler(
            request -> {
              request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              request.json(plugins.get());
            });
    router
        .route("/admin/api/*")
        .handler(
            request -> {
              request.response().setStatusCode(404);
              request.json(new JsonObject().put("error", "there is no such admin call"));
            });
  }
}
