package io.drawbridge.signin;

import io.drawbridge.signin.Answer.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of the embedded sign-in: {@code /auth/login} and {@code /auth/refresh}. */
final class SignInRoutes implements Consumer<Router> {

  static final String LOGIN = "/auth/login";
  static final String REFRESH = "/auth/refresh";

  private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
  private static final int BODY_BYTES = 4096;
  private static final int TOO_LARGE = 413;
  private static final int TOO_SLOW = 408;

  /** For the body to come and the password to be checked; a slow body holds a connection. */
  private static final long MOST_MILLIS = 20_000;

  private static final String BEARER = "Bearer ";

  private final Login login;
  private final Users users;
  private final DemoGate gate;
  private final Predicate<HttpServerRequest> origins;
  private final Function<HttpServerRequest, String> clientAddress;

  SignInRoutes(
      Login login,
      Users users,
      DemoGate gate,
      Predicate<HttpServerRequest> origins,
      Function<HttpServerRequest, String> clientAddress) {
    this.login = login;
    this.users = users;
    this.gate = gate;
    this.origins = origins;
    this.clientAddress = clientAddress;
  }

  @Override
  public void accept(Router router) {
    router.get(LOGIN).handler(this::describe);
    router.post(LOGIN).handler(this::admit);
    router.post(LOGIN).handler(TimeoutHandler.create(MOST_MILLIS, TOO_SLOW));
    router.post(LOGIN).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
    router.post(LOGIN).handler(this::signIn);
    router.post(REFRESH).handler(this::refresh);
    router.route(LOGIN).failureHandler(SignInRoutes::failed);
    router.route(REFRESH).failureHandler(SignInRoutes::failed);
  }

  private void describe(RoutingContext context) {
    var description = new JsonObject().put("embedded", true);
    if (gate.open(context.request()) && !users.demo().isEmpty()) {
      var demo = new JsonArray();
      users.demo().stream()
          .map(each -> JsonObject.of("username", each.username(), "password", each.password()))
          .forEach(demo::add);
      description.put("demo", demo);
    }
    JsonAnswers.send(context, 200, description);
  }

  /** What can be refused before the body is read, is. */
  private void admit(RoutingContext context) {
    Refusal refusal = refusal(context.request());
    if (refusal == null) {
      context.next();
    } else {
      JsonAnswers.send(context, refusal);
    }
  }

  private @Nullable Refusal refusal(HttpServerRequest request) {
    if (!origins.test(request)) {
      return new Refusal(403, "This page may not sign people in here.");
    }
    Refusal tooMany = login.admit(ClientKey.of(clientAddress.apply(request)));
    if (tooMany != null) {
      return tooMany;
    }
    return json(request) ? null : new Refusal(415, "The content type must be application/json.");
  }

  private static boolean json(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null
        && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private void signIn(RoutingContext context) {
    var body = context.body().buffer();
    var credentials = body == null ? null : Credentials.parse(body.getBytes());
    if (credentials == null) {
      JsonAnswers.send(
          context,
          new Refusal(400, "The body must be {\"username\": \"…\", \"password\": \"…\"}."));
      return;
    }
    answer(context, login.signIn(credentials, gate.open(context.request())));
  }

  private void refresh(RoutingContext context) {
    HttpServerRequest request = context.request();
    Refusal refusal =
        origins.test(request)
            ? login.admitRefresh(ClientKey.of(clientAddress.apply(request)))
            : new Refusal(403, "This page may not refresh tokens here.");
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (refusal != null) {
      JsonAnswers.send(context, refusal);
    } else if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      JsonAnswers.send(context, new Refusal(401, "Send the token as Authorization: Bearer."));
    } else {
      String token = header.substring(BEARER.length()).strip();
      answer(context, login.refresh(token, gate.open(request)));
    }
  }

  private static void answer(RoutingContext context, Future<Answer> answer) {
    answer.onSuccess(done -> JsonAnswers.send(context, done)).onFailure(context::fail);
  }

  private static void failed(RoutingContext context) {
    int status = context.statusCode();
    if (status == TOO_LARGE || status == TOO_SLOW) {
      // What is left of the body is not waited for.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      String error =
          status == TOO_LARGE ? "The body is larger than 4 KiB." : "That took too long; try again.";
      JsonAnswers.send(context, new Refusal(status, error));
      return;
    }
    LOG.atError().setCause(context.failure()).log("sign-in failed");
    JsonAnswers.send(context, new Refusal(500, "Signing in failed; the server's log says why."));
  }
}
