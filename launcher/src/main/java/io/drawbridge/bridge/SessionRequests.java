package io.drawbridge.bridge;

import io.drawbridge.bridge.BridgeListener.Event;
import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.permission.Decision;
import io.drawbridge.permission.Verb;
import io.drawbridge.protocol.BridgeError;
import io.drawbridge.protocol.ClientFrame;
import io.drawbridge.protocol.FailureCode;
import io.drawbridge.protocol.ServerFrames;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.EncodeException;
import io.vertx.core.tracing.TracingPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one session sends and publishes, the replies it waits for, and the replies that it owes. A
 * reply is taken only from the session that got the request, once.
 */
final class SessionRequests {

  private final BridgeEnvironment environment;
  private final EventBus bus;
  private final BridgeLoop loop;
  private final BridgeSession session;
  private final SessionIdentity identity;
  private final SessionAnswers answers;
  private final OwedReplies owed;
  private final Set<String> open = new HashSet<>();
  private final Map<Decision.Rule, TokenBucket> rates = new HashMap<>();

  SessionRequests(
      BridgeEnvironment environment,
      BridgeLoop loop,
      BridgeSession session,
      SessionIdentity identity,
      SessionAnswers answers) {
    this.environment = environment;
    this.bus = environment.vertx().eventBus();
    this.loop = loop;
    this.session = session;
    this.identity = identity;
    this.answers = answers;
    this.owed =
        new OwedReplies(environment.limits().handlers(), environment.timing().replyTimeoutMillis());
  }

  /** How many replies it waits for. */
  int count() {
    return open.size();
  }

  void send(ClientFrame.Send frame, int registrations) {
    session.happened(Event.SEND, frame.address());
    Message<Object> request = owed.take(frame.address(), loop.nowMillis());
    BridgeError refusal = request == null ? refusal(frame) : null;
    if (refusal == null) {
      refusal = replyRefusal(frame, registrations);
    }
    if (refusal != null) {
      answers.refuse(refusal, frame.id(), frame.replyAddress(), frame.address());
      return;
    }
    identity.stamp(frame.headers(), session.id());
    DeliveryOptions options = options(frame.headers(), frame.timeoutMillis());
    try {
      if (request != null) {
        reply(request, frame, options);
      } else if (frame.replyAddress() != null) {
        await(frame, frame.replyAddress(), bus.request(frame.address(), frame.body(), options));
      } else {
        handOver(frame, bus.sender(frame.address(), options).write(frame.body()));
      }
    } catch (IllegalArgumentException e) {
      answers.refuse(
          BridgeError.rejected("the bus has no way to carry this body"),
          frame.id(),
          frame.replyAddress(),
          frame.address());
    }
  }

  private @Nullable BridgeError refusal(ClientFrame.Send frame) {
    BridgeError refusal = ruleRefusal(Verb.SEND, frame.address(), frame.body());
    return refusal == null && frame.keyed() ? BridgeError.notYet("key") : refusal;
  }

  private @Nullable BridgeError replyRefusal(ClientFrame.Send frame, int registrations) {
    if (frame.replyAddress() == null) {
      return null;
    }
    if (open.contains(frame.replyAddress())) {
      return new BridgeError(
          BridgeError.INVALID_REPLY_ADDRESS,
          FailureCode.BAD_REQUEST,
          "this replyAddress is in use; choose a new one for each request");
    }
    if (open.size() + registrations >= environment.limits().handlers()) {
      return new BridgeError(
          BridgeError.TOO_MANY_HANDLERS,
          FailureCode.LIMIT,
          "this session has limits.handlers registrations and open requests");
    }
    return null;
  }

  private @Nullable BridgeError ruleRefusal(Verb verb, String address, @Nullable Object body) {
    Decision decision = identity.decide(verb, address);
    Decision.Rule rule = decision.rule();
    if (!decision.allowed()) {
      return SessionIdentity.refusal(decision, verb, address);
    }
    if (rule == null) {
      // A plugin's own offer, on which ops laid no conditions.
      return null;
    }
    if (rule.perSecond() > 0) {
      long now = loop.nowMillis();
      TokenBucket rate =
          rates.computeIfAbsent(rule, r -> new TokenBucket(r.perSecond(), r.burst(), now));
      if (!rate.take(now)) {
        return BridgeError.tooFast("too often at " + address, rate.retryAfterMillis());
      }
    }
    String violation = rule.schema() == null ? null : rule.schema().violation(body);
    return violation == null ? null : BridgeError.rejected(violation);
  }

  private DeliveryOptions options(MultiMap headers, long timeoutMillis) {
    long timeout =
        timeoutMillis == 0
            ? environment.timing().replyTimeoutMillis()
            : Math.min(timeoutMillis, environment.timing().maxReplyTimeoutMillis());
    return new DeliveryOptions()
        .setHeaders(headers)
        .setSendTimeout(timeout)
        .setTracingPolicy(TracingPolicy.IGNORE);
  }

  private void reply(Message<Object> request, ClientFrame.Send frame, DeliveryOptions options) {
    if (frame.replyAddress() != null) {
      await(frame, frame.replyAddress(), request.replyAndRequest(frame.body(), options));
    } else {
      request.reply(frame.body(), options);
      answers.ok(frame.id(), frame.address());
    }
  }

  /** Waits for the reply; the {@code rec} or {@code err} at the reply address is the one answer. */
  private void await(ClientFrame.Send frame, String replyAddress, Future<Message<Object>> reply) {
    open.add(replyAddress);
    reply.onComplete(
        message -> {
          open.remove(replyAddress);
          if (!session.isClosed()) {
            deliver(replyAddress, frame.id(), message);
          }
        },
        cause -> {
          open.remove(replyAddress);
          if (!session.isClosed()) {
            answers.fail(replyAddress, frame.id(), RequestFailure.of(cause));
          }
        });
  }

  private void handOver(ClientFrame.Send frame, Future<Void> written) {
    if (frame.id() == ClientFrame.NO_ID) {
      return;
    }
    written.onComplete(
        handed -> answers.ok(frame.id(), frame.address()),
        cause -> {
          RequestFailure failure = RequestFailure.of(cause).forHello();
          FailureCode code = FailureCode.of(failure.code());
          answers.refuse(
              new BridgeError(
                  BridgeError.REJECTED,
                  code == null ? FailureCode.INTERNAL : code,
                  String.valueOf(failure.message())),
              frame.id(),
              null,
              frame.address());
        });
  }

  void publish(ClientFrame.Publish frame) {
    session.happened(Event.PUBLISH, frame.address());
    BridgeError refusal = ruleRefusal(Verb.PUBLISH, frame.address(), frame.body());
    if (refusal == null && frame.keyed()) {
      refusal = BridgeError.notYet("key");
    }
    if (refusal != null) {
      answers.refuse(refusal, frame.id(), null, frame.address());
      return;
    }
    identity.stamp(frame.headers(), session.id());
    try {
      bus.publisher(frame.address(), options(frame.headers(), 0))
          .write(frame.body())
          .onComplete(
              handed -> answers.ok(frame.id(), frame.address()),
              cause -> publishFailed(frame, cause));
    } catch (IllegalArgumentException e) {
      answers.refuse(
          BridgeError.rejected("the bus has no way to carry this body"), frame.id(), null);
    }
  }

  private void publishFailed(ClientFrame.Publish frame, Throwable cause) {
    if (cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
      // Nobody listens: the bus took the message all the same.
      answers.ok(frame.id(), frame.address());
    } else {
      answers.refuse(
          new BridgeError(
              BridgeError.REJECTED, FailureCode.INTERNAL, "the bus did not take the message"),
          frame.id(),
          null,
          frame.address());
    }
  }

  /** Gives the browser a message that was sent to it alone. */
  void deliverSent(String address, Message<Object> message) {
    session.happened(Event.RECEIVE, address);
    deliver(address, ClientFrame.NO_ID, message);
  }

  private void deliver(String address, long id, Message<Object> message) {
    String replyAddress = message.replyAddress();
    byte[] json;
    try {
      json = ServerFrames.rec(address, message.body(), message.headers(), replyAddress);
    } catch (EncodeException e) {
      undeliverable(address, id, message, "the body is nothing that JSON can say");
      return;
    }
    if (json.length > environment.limits().queueBytes()) {
      undeliverable(address, id, message, "the body is over limits.queueBytes");
    } else if (replyAddress != null && !owed.add(replyAddress, message, loop.nowMillis())) {
      undeliverable(address, id, message, "the browser owes too many replies");
    } else {
      session.write(new EncodedFrame(json), address);
    }
  }

  /**
   * Tells both sides: the browser that waits for a reply, and the sender that waits for another.
   */
  private void undeliverable(String address, long id, Message<Object> message, String why) {
    if (message.replyAddress() != null) {
      message.fail(FailureCode.LIMIT.code(), why);
    }
    answers.refuse(
        new BridgeError(BridgeError.REJECTED, FailureCode.LIMIT, why), id, address, address);
  }

  /** Forgets replies that came too late. */
  void expire() {
    owed.expire(loop.nowMillis());
  }

  void releaseAll() {
    open.clear();
    owed.clear();
    rates.clear();
  }
}
