package io.drawbridge.signin;

import io.drawbridge.config.AuthConfig;
import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Settings;
import io.drawbridge.permission.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Opens the sign-in that the settings ask for: our own, or a pointer to somebody else's. */
public final class SignIn {

  private SignIn() {}

  /**
   * Reads the people and the key.
   *
   * @param origins whether a request's page may sign people in
   * @param clientAddress the numeric address of the client behind a request
   * @return what mounts {@code /auth/login} and {@code /auth/refresh}; fails with a sentence for
   *     ops
   */
  public static Future<Consumer<Router>> open(
      Vertx vertx,
      Settings settings,
      Path dataDirectory,
      TokenVerifier verifier,
      Predicate<HttpServerRequest> origins,
      Function<HttpServerRequest, String> clientAddress) {
    if (settings.auth().external()) {
      return Future.succeededFuture(SignIn::elsewhere);
    }
    return vertx.executeBlocking(
        () -> {
          Users users = UsersFile.read(settings.auth().login().users(), System.getenv());
          var login =
              new Login(
                  settings.auth().login(),
                  users,
                  new PasswordCheck(vertx, settings.auth().login().waiting()),
                  SigningKey.openOrCreate(dataDirectory),
                  verifier,
                  Clock.systemUTC());
          var gate = new DemoGate(settings.http().host());
          return new SignInRoutes(login, users, gate, origins, clientAddress);
        });
  }

  /**
   * Looks at the people as a start would. Reads files.
   *
   * @throws ConfigException with all mistakes
   */
  public static void check(AuthConfig config) {
    if (!config.external()) {
      UsersFile.read(config.login().users(), System.getenv());
    }
  }

  private static void elsewhere(Router router) {
    var refusal =
        new Answer.Refusal(
            404, "People sign in with their identity provider, not with this server.");
    router
        .get(SignInRoutes.LOGIN)
        .handler(context -> JsonAnswers.send(context, 200, JsonObject.of("embedded", false)));
    router.post(SignInRoutes.LOGIN).handler(context -> JsonAnswers.send(context, refusal));
    router.post(SignInRoutes.REFRESH).handler(context -> JsonAnswers.send(context, refusal));
  }
}
