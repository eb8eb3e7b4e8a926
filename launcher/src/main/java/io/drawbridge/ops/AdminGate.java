package io.drawbridge.ops;

import io.drawbridge.permission.Subject;
import io.drawbridge.permission.TokenVerifier;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets through to the admin API who calls from ops' networks with a bearer token that grants {@code
 * drawbridge:admin}. No cookie counts and no foreign page may ask, so that no browser can be talked
 * into a call. Every call ends up in the audit log.
 *
 * <p>A request comes out of it paused: whoever handles it sets its handlers and resumes it.
 */
final class AdminGate implements Handler<RoutingContext> {

  static final String AUTHORITY = "drawbridge:admin";

  private static final String SCHEME = "bearer ";
  private static final String SUBJECT = "subject";

  private final Neighbourhood neighbourhood;
  private final TokenVerifier verifier;
  private final AuditLog audit;

  AdminGate(Neighbourhood neighbourhood, TokenVerifier verifier, AuditLog audit) {
    this.neighbourhood = neighbourhood;
    this.verifier = verifier;
    this.audit = audit;
  }

  /** Who called; of a request that has come through. */
  static String subjectOf(RoutingContext request) {
    return String.valueOf(request.<Object>get(SUBJECT));
  }

  @Override
  public void handle(RoutingContext request) {
    request.request().pause();
    if (!neighbourhood.holds(request)) {
      refuse(request, "", 403, "the admin API is open to the networks of admin.from only");
      return;
    }
    if (request.request().getHeader(HttpHeaders.ORIGIN) != null && !sameOrigin(request)) {
      refuse(request, "", 403, "the admin API takes no calls from other origins");
      return;
    }
    String token = bearerToken(request.request().getHeader(HttpHeaders.AUTHORIZATION));
    if (token == null) {
      request.response().putHeader("www-authenticate", "Bearer");
      refuse(request, "", 401, "send a token: Authorization: Bearer <token>");
      return;
    }
    verifier
        .verify(token)
        .onSuccess(verification -> verified(request, verification))
        .onFailure(error -> refuse(request, "", 500, "the token could not be verified"));
  }

  private void verified(RoutingContext request, Verification verification) {
    if (verification instanceof Verification.Refused refused) {
      request.response().putHeader("www-authenticate", "Bearer error=\"invalid_token\"");
      refuse(request, "", 401, refused.message());
      return;
    }
    Subject subject = ((Verification.Accepted) verification).subject();
    if (!subject.authorities().contains(AUTHORITY)) {
      refuse(request, subject.name(), 403, "the token doesn't grant " + AUTHORITY);
      return;
    }
    record(request, subject.name(), 200);
    request.put(SUBJECT, subject.name());
    request.next();
  }

  private void refuse(RoutingContext request, String subject, int status, String sentence) {
    record(request, subject, status);
    AdminAnswers.refuse(request, status, sentence);
  }

  private void record(RoutingContext request, String subject, int status) {
    String path = request.request().method() + " " + request.normalizedPath();
    audit.adminCall(subject, neighbourhood.clientAddress().apply(request), path, status);
  }

  private static boolean sameOrigin(RoutingContext request) {
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    String own = request.request().scheme() + "://" + request.request().authority();
    return own.equalsIgnoreCase(origin);
  }

  private static @Nullable String bearerToken(@Nullable String authorization) {
    if (authorization == null
        || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        || authorization.length() == SCHEME.length()) {
      return null;
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
