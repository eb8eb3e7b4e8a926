package io.drawbridge.ops;

import io.drawbridge.permission.TokenVerifier;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;

/** What ops ask of the running server, behind {@link AdminGate}. */
public final class AdminApi implements Consumer<Router> {

  private static final String PLUGINS = "/admin/api/plugins";

  private final AdminGate gate;
  private final PluginCalls plugins;

  /**
   * @param plugins what can be asked of the plugins
   * @param uploads where what is deployed goes until it has been copied
   */
  public AdminApi(
      Neighbourhood neighbourhood,
      TokenVerifier verifier,
      AuditLog audit,
      PluginOperations plugins,
      Uploads uploads) {
    this.gate = new AdminGate(neighbourhood, verifier, audit);
    this.plugins = new PluginCalls(plugins, uploads, audit);
  }

  @Override
  public void accept(Router router) {
    router.route("/admin/api/*").handler(gate);
    router.post(PLUGINS).handler(plugins::deploy);
    router
        .route("/admin/api/*")
        .handler(
            request -> {
              request.request().resume();
              request.next();
            });
    router.get(PLUGINS).handler(plugins::list);
    router.delete(PLUGINS + "/:id").handler(plugins::undeploy);
    router.post(PLUGINS + "/:id/:change").handler(plugins::change);
    router
        .route("/admin/api/*")
        .handler(request -> AdminAnswers.refuse(request, 404, "there is no such admin call"));
  }
}
