package io.drawbridge.bridge;

import io.drawbridge.bridge.BridgeListener.Event;
import io.drawbridge.protocol.CloseCode;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A session's sense of time: the first frame, pings and pongs, the token's end, a client that reads
 * nothing. One deadline on the loop's wheel serves all of them.
 */
final class SessionClock extends DeadlineWheel.Entry {

  /** Looks at least this often, for rules that changed and replies that are overdue. */
  private static final long LOOK_MILLIS = 5_000;

  private final BridgeEnvironment environment;
  private final BridgeLoop loop;
  private final BridgeSession session;
  private final SessionIdentity identity;
  private final SessionAnswers answers;
  private final long openedAt;
  private long heardAt;
  private long pingedAt;
  private boolean anyFrame;
  private boolean welcomed;
  private boolean awaitingPong;
  private boolean expiringTold;

  SessionClock(
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
    this.openedAt = loop.nowMillis();
    this.heardAt = openedAt;
    this.pingedAt = openedAt;
  }

  void start() {
    fire();
  }

  /** Any frame is a sign of life. */
  void heard() {
    awaitingPong = false;
    heardAt = loop.nowMillis();
    if (!anyFrame) {
      anyFrame = true;
      fire();
    }
  }

  /** From now on the server pings, and tells when the token ends. */
  void welcomed() {
    welcomed = true;
    pingedAt = loop.nowMillis();
    fire();
  }

  void ponged() {
    environment.listener().ponged(Math.max(0, heardAt - pingedAt));
  }

  void identityChanged() {
    expiringTold = false;
    fire();
  }

  @Override
  void fire() {
    if (session.isClosed()) {
      return;
    }
    long now = loop.nowMillis();
    session.registrations().recheckIfRulesChanged();
    session.requests().expire();
    CloseCode over = over(now);
    if (over != null) {
      if (over == CloseCode.NO_PONG || over == CloseCode.NO_FRAME) {
        session.happened(Event.SOCKET_IDLE, null);
      }
      session.close(over);
      return;
    }
    tellExpiring();
    ping(now);
    if (!session.isClosed()) {
      loop.wheel().schedule(this, untilNext(now));
    }
  }

  /** Why the session is over; null if it is not. */
  private @Nullable CloseCode over(long now) {
    if (identity.untilExpiry() + environment.leewayMillis() <= 0) {
      return CloseCode.TOKEN_EXPIRED;
    }
    if (session.queue().blockedMillis() > environment.limits().blockedSeconds() * 1000L) {
      return CloseCode.SLOW;
    }
    if (!anyFrame) {
      return now - openedAt >= environment.limits().helloSeconds() * 1000L
          ? CloseCode.NO_FRAME
          : null;
    }
    return silentTooLong(now) ? CloseCode.NO_PONG : null;
  }

  private boolean silentTooLong(long now) {
    if (welcomed) {
      return awaitingPong && now - pingedAt >= environment.timing().pongTimeoutMillis();
    }
    return now - heardAt >= environment.timing().stockPingTimeoutMillis();
  }

  private void tellExpiring() {
    long left = identity.untilExpiry();
    if (welcomed && !expiringTold && left <= environment.timing().expiringMillis()) {
      expiringTold = true;
      answers.event("eb.expiring", new JsonObject().put("inMs", Math.max(0, left)));
    }
  }

  private void ping(long now) {
    if (welcomed && !awaitingPong && now - pingedAt >= environment.timing().pingMillis()) {
      awaitingPong = true;
      pingedAt = now;
      answers.ping();
    }
  }

  private long untilNext(long now) {
    long next = LOOK_MILLIS;
    if (!anyFrame) {
      next = Math.min(next, openedAt + environment.limits().helloSeconds() * 1000L - now);
    } else if (welcomed) {
      long wait =
          awaitingPong
              ? environment.timing().pongTimeoutMillis()
              : environment.timing().pingMillis();
      next = Math.min(next, pingedAt + wait - now);
    } else {
      next = Math.min(next, heardAt + environment.timing().stockPingTimeoutMillis() - now);
    }
    long left = identity.untilExpiry();
    boolean tell = welcomed && !expiringTold;
    return Math.min(
        next,
        tell ? left - environment.timing().expiringMillis() : left + environment.leewayMillis());
  }
}
