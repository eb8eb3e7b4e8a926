package io.drawbridge.ops;

import io.drawbridge.http.ClientAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Consumer;

/** Writes down who tried to sign in, from where, and with what result; never the password. */
public final class SignInAudit implements Consumer<Router> {

  private final AuditLog audit;
  private final ClientAddress clients;

  public SignInAudit(AuditLog audit, ClientAddress clients) {
    this.audit = audit;
    this.clients = clients;
  }

  @Override
  public void accept(Router router) {
    router
        .post("/auth/login")
        .handler(
            request -> {
              String address = clients.of(request.request());
              request.addEndHandler(
                  ended ->
                      audit.signIn(name(request), address, request.response().getStatusCode()));
              request.next();
            });
  }

  /** The name as it was sent: whoever it stands for need not exist. */
  private static String name(RoutingContext request) {
    Buffer body = request.body().buffer();
    if (body == null) {
      return "";
    }
    try {
      return String.valueOf(new JsonObject(body).getValue("username"));
    } catch (DecodeException e) {
      return "";
    }
  }
}
