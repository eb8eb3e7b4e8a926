package io.drawbridge.bridge;

import io.drawbridge.bridge.BridgeListener.Event;
import io.drawbridge.permission.Decision;
import io.drawbridge.permission.Verb;
import io.drawbridge.protocol.BridgeError;
import io.drawbridge.protocol.ClientFrame;
import io.drawbridge.protocol.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses that one session hears, or is about to. */
final class SessionRegistrations {

  private static final Logger LOG = LoggerFactory.getLogger(SessionRegistrations.class);

  private final BridgeEnvironment environment;
  private final BridgeLoop loop;
  private final BridgeSession session;
  private final SessionIdentity identity;
  private final SessionAnswers answers;
  private final Map<String, Registration> registrations = new LinkedHashMap<>();
  private long rulesVersion;

  SessionRegistrations(
      BridgeEnvironment environment,
      BridgeLoop loop,
      BridgeSession session,
      SessionIdentity identity,
      SessionAnswers answers) {
    this.environment = environment;
    this.loop = loop;
    this.session = session;
    this.identity = identity;
    this.answers = answers;
    this.rulesVersion = environment.permissions().version();
  }

  int count() {
    return registrations.size();
  }

  void register(ClientFrame.Register frame) {
    String address = frame.address();
    BridgeError refusal = refusal(frame, address);
    if (refusal != null) {
      answers.refuseRegistration(refusal, frame.id(), address);
      return;
    }
    Registration registration = new Registration(address, frame.id(), identity.usage());
    registrations.put(address, registration);
    SubscriptionHub.Opening opening = environment.hub().register(address);
    Future<Void> active = opening.active();
    if (active.isComplete()) {
      settle(registration, active);
      return;
    }
    active.onComplete(result -> loop.execute(() -> settle(registration, active)));
    // Held even if the hub has just finished: the settling still waits in the loop's queue, and
    // what
    // the client publishes next must find it done.
    session.gate().hold(opening.created());
  }

  private @Nullable BridgeError refusal(ClientFrame.Register frame, String address) {
    if (registrations.size() + session.requests().count() >= environment.limits().handlers()) {
      return tooMany("this session has limits.handlers registrations and open requests");
    }
    session.happened(Event.REGISTER, address);
    Decision decision = identity.decide(Verb.REGISTER, address);
    if (!decision.allowed()) {
      return SessionIdentity.refusal(decision, Verb.REGISTER, address);
    }
    if (frame.recover()) {
      return BridgeError.notYet("recovery (recover, last, eb-recover)");
    }
    if (registrations.containsKey(address)) {
      return new BridgeError(
          BridgeError.ALREADY_REGISTERED,
          FailureCode.ALREADY_REGISTERED,
          "this session is registered at " + address);
    }
    SubjectUsage.Usage usage = identity.usage();
    if (usage != null && !usage.register()) {
      return tooMany("all sessions of this subject have limits.userHandlers registrations");
    }
    return null;
  }

  private static BridgeError tooMany(String message) {
    return new BridgeError(BridgeError.TOO_MANY_HANDLERS, FailureCode.LIMIT, message);
  }

  /** Answers a registration once the hub knows; the client may have changed its mind meanwhile. */
  private void settle(Registration registration, Future<Void> active) {
    if (active.failed()) {
      fail(registration, active.cause());
      return;
    }
    if (registration.left) {
      environment.hub().unregister(registration.address);
      return;
    }
    registration.active = true;
    answers.ok(registration.id, registration.address);
    loop.listen(registration.address, session);
    session.happened(Event.REGISTERED, registration.address);
    if (registration.unregister != null) {
      end(registration, registration.unregister);
    }
  }

  private void fail(Registration registration, Throwable cause) {
    LOG.atWarn()
        .addKeyValue("address", registration.address)
        .addKeyValue("error", cause.getMessage())
        .log("the cluster did not take a registration");
    if (registration.left) {
      return;
    }
    registrations.remove(registration.address);
    releaseUsage(registration);
    answers.refuseRegistration(
        new BridgeError(
            BridgeError.REGISTRATION_FAILURE,
            FailureCode.INTERNAL,
            "the registration did not reach the cluster; try again"),
        registration.id,
        registration.address);
  }

  void unregister(ClientFrame.Unregister frame) {
    String address = frame.address();
    session.happened(Event.UNREGISTER, address);
    Registration registration = registrations.get(address);
    if (registration == null) {
      Decision decision = identity.decide(Verb.REGISTER, address);
      if (decision.allowed()) {
        answers.ok(frame.id(), address);
      } else {
        answers.refuseRegistration(
            SessionIdentity.refusal(decision, Verb.REGISTER, address), frame.id(), address);
      }
    } else if (registration.active) {
      end(registration, frame);
    } else {
      registration.unregister = frame;
    }
  }

  private void end(Registration registration, ClientFrame.Unregister frame) {
    drop(registration);
    answers.ok(frame.id(), registration.address);
  }

  /** Ends the registrations that the rules, or the token, no longer allow. */
  void recheck() {
    rulesVersion = environment.permissions().version();
    for (Registration registration : List.copyOf(registrations.values())) {
      if (!identity.decide(Verb.REGISTER, registration.address).allowed()) {
        drop(registration);
        tellUnregistered(registration.address);
      }
    }
  }

  /** Rechecks when the rules have changed since the last time. */
  void recheckIfRulesChanged() {
    if (rulesVersion != environment.permissions().version()) {
      recheck();
    }
  }

  private void tellUnregistered(String address) {
    if (answers.hello()) {
      answers.event(
          "eb.unregistered",
          new JsonObject()
              .put("address", address)
              .put("code", FailureCode.PERMISSION_DENIED.code())
              .put("resubscribe", false));
    } else {
      answers.refuse(
          new BridgeError(
              BridgeError.ACCESS_DENIED,
              FailureCode.PERMISSION_DENIED,
              "the right to register at " + address + " has ended"),
          ClientFrame.NO_ID,
          null,
          address);
    }
  }

  void releaseAll() {
    for (Registration registration : List.copyOf(registrations.values())) {
      session.happened(Event.UNREGISTER, registration.address);
      drop(registration);
    }
  }

  private void drop(Registration registration) {
    registrations.remove(registration.address);
    registration.left = true;
    releaseUsage(registration);
    if (registration.active) {
      loop.unlisten(registration.address, session);
      environment.hub().unregister(registration.address);
    }
  }

  private void releaseUsage(Registration registration) {
    if (registration.usage != null) {
      registration.usage.unregister();
    }
  }

  /** One address on its way from asked for to active to left. */
  private static final class Registration {
    private final String address;
    private final long id;

    /** Whom it was counted for; null for nobody. */
    private final SubjectUsage.@Nullable Usage usage;

    private boolean active;
    private boolean left;
    private ClientFrame.@Nullable Unregister unregister;

    private Registration(String address, long id, SubjectUsage.@Nullable Usage usage) {
      this.address = address;
      this.id = id;
      this.usage = usage;
    }
  }
}
