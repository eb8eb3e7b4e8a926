package io.drawbridge.bridge;

import io.drawbridge.permission.Decision;
import io.drawbridge.permission.SessionPermissions;
import io.drawbridge.permission.Subject;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.permission.Verb;
import io.drawbridge.protocol.BridgeError;
import io.drawbridge.protocol.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who a session acts for, and what the rules say of that. */
final class SessionIdentity {

  private final BridgeEnvironment environment;
  private final SessionPermissions permissions;
  private Subject subject = Subject.ANONYMOUS;
  private SubjectUsage.@Nullable Usage usage;
  private @Nullable String token;
  private @Nullable String claims;

  SessionIdentity(BridgeEnvironment environment) {
    this.environment = environment;
    this.permissions = new SessionPermissions(environment.permissions());
  }

  Subject subject() {
    return subject;
  }

  /** Whether this very token has been verified already. */
  boolean isCurrent(String other) {
    return other.equals(token);
  }

  /** Verifies a token; always succeeds, with a refusal where it is one. */
  Future<Verification> verify(String candidate) {
    if (candidate.length() > environment.limits().tokenBytes()) {
      return Future.succeededFuture(
          new Verification.Refused(false, "the token is over limits.tokenBytes"));
    }
    return environment
        .tokens()
        .verify(candidate)
        .otherwise(cause -> new Verification.Refused(false, "the token could not be verified"));
  }

  /** What the subject uses over all its sessions; null for an anonymous session. */
  SubjectUsage.@Nullable Usage usage() {
    return usage;
  }

  /** Takes on what a token says; false if it is somebody else's. */
  boolean adopt(Verification.Accepted accepted, String candidate, long nowMillis) {
    if (subject.signedIn() && !subject.name().equals(accepted.subject().name())) {
      return false;
    }
    subject = accepted.subject();
    if (usage == null) {
      usage = environment.usage().join(subject.name(), nowMillis);
    }
    token = candidate;
    claims = null;
    return true;
  }

  static BridgeError refusal(Verification.Refused refused) {
    return new BridgeError(
        BridgeError.AUTH_ERROR,
        refused.expired() ? FailureCode.TOKEN_EXPIRED : FailureCode.UNAUTHORIZED,
        refused.message());
  }

  /** Gives back what the session used. */
  void release() {
    if (usage != null) {
      environment.usage().leave(usage);
      usage = null;
    }
  }

  /** What the rules say now. */
  Decision decide(Verb verb, String address) {
    return permissions.decide(verb, address, subject);
  }

  /** The refusal of a decision that is none to go ahead. */
  static BridgeError refusal(Decision decision, Verb verb, String address) {
    if (decision.outcome() == Decision.Outcome.NOT_SIGNED_IN) {
      return new BridgeError(
          BridgeError.NOT_LOGGED_IN, FailureCode.UNAUTHORIZED, "sign in to use " + address);
    }
    return new BridgeError(
        BridgeError.ACCESS_DENIED,
        FailureCode.PERMISSION_DENIED,
        "no right to " + verb.name().toLowerCase(Locale.ROOT) + " at " + address);
  }

  /** Adds who it is, and for how long, to a welcome or an eb.ok. */
  JsonObject describeTo(JsonObject message) {
    if (subject.signedIn()) {
      message.put("subject", subject.name());
      message.put("expiresIn", Math.max(0, untilExpiry() / 1000));
    }
    return message;
  }

  /** Milliseconds until the token's {@code exp}; a very long time without a token. */
  long untilExpiry() {
    Instant expiresAt = subject.expiresAt();
    return expiresAt == null
        ? Long.MAX_VALUE / 2
        : expiresAt.toEpochMilli() - System.currentTimeMillis();
  }

  /** Puts on a message who sends it. */
  void stamp(MultiMap headers, String session) {
    if (subject.signedIn()) {
      headers.set("eb-subject", subject.name());
    }
    headers.set("eb-session", session);
    headers.set("eb-claims", claims());
  }

  private String claims() {
    String encoded = claims;
    if (encoded == null) {
      JsonObject visible = new JsonObject();
      for (String name : environment.claims()) {
        Object value = subject.claims().get(name);
        if (value != null) {
          visible.put(name, value);
        }
      }
      JsonArray authorities = new JsonArray();
      subject.authorities().forEach(authorities::add);
      encoded = new JsonObject().put("authorities", authorities).put("claims", visible).encode();
      claims = encoded;
    }
    return encoded;
  }
}
