package io.drawbridge.bridge;

import io.drawbridge.bridge.BridgeListener.Event;
import io.drawbridge.bridge.BridgeListener.Source;
import io.drawbridge.bridge.transport.EncodedFrame;
import io.drawbridge.bridge.transport.Socket;
import io.drawbridge.bridge.transport.SocketListener;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.protocol.BridgeError;
import io.drawbridge.protocol.ClientFrame;
import io.drawbridge.protocol.CloseCode;
import io.drawbridge.protocol.FailureCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One browser's session: takes its frames in order, asks the rules, and answers each. Confined to
 * its event loop.
 */
final class BridgeSession implements SocketListener, ClientFrame.Receiver {

  private final BridgeEnvironment environment;
  private final BridgeLoop loop;
  private final Socket socket;
  private final String id = SessionIds.next();
  private final OutboundQueue queue;
  private final SessionAnswers answers;
  private final SessionIdentity identity;
  private final SessionRegistrations registrations;
  private final SessionRequests requests;
  private final SessionClock clock;
  private final InboundLimits inbound;
  private final FrameGate gate;

  private Source source;
  private boolean closed;

  BridgeSession(BridgeEnvironment environment, BridgeLoop loop, Socket socket) {
    this.environment = environment;
    this.loop = loop;
    this.socket = socket;
    this.queue =
        new OutboundQueue(socket, loop, environment.listener(), environment.limits().queueBytes());
    this.identity = new SessionIdentity(environment);
    this.answers =
        new SessionAnswers(
            this, environment.listener(), environment.timing().reconnectSpreadMillis());
    this.registrations = new SessionRegistrations(environment, loop, this, identity, answers);
    this.requests = new SessionRequests(environment, loop, this, identity, answers);
    this.clock = new SessionClock(environment, loop, this, identity, answers);
    this.inbound = new InboundLimits(environment.limits(), identity, loop.nowMillis());
    this.gate = new FrameGate(this, loop, socket, identity, answers);
    this.source = describe();
  }

  // ---- open

  void open() {
    happened(Event.SOCKET_CREATED, null);
    clock.start();
    String token = socket.handshake().token();
    if (token != null) {
      gate.verify(token, () -> {}, this::endForBadToken);
    }
  }

  String id() {
    return id;
  }

  boolean isClosed() {
    return closed;
  }

  OutboundQueue queue() {
    return queue;
  }

  FrameGate gate() {
    return gate;
  }

  SessionRegistrations registrations() {
    return registrations;
  }

  SessionRequests requests() {
    return requests;
  }

  Source source() {
    return source;
  }

  private Source describe() {
    return new Source(
        id, socket.handshake().transport(), socket.handshake().remoteAddress(), identity.subject());
  }

  void happened(Event event, @Nullable String address) {
    environment.listener().happened(event, source, address);
  }

  // ---- receive

  @Override
  public void received(Buffer message) {
    if (closed) {
      return;
    }
    environment.listener().received(message.length());
    clock.heard();
    ClientFrame frame = environment.codec().decode(message.getBytes());
    switch (inbound.admit(frame, loop.nowMillis())) {
      case FLOODING -> close(CloseCode.BAD_FRAMES);
      case TOO_FAST -> refuseTooFast(frame);
      case YES -> gate.pass(frame);
    }
  }

  private void refuseTooFast(ClientFrame frame) {
    BridgeError tooFast = BridgeError.tooFast("too many frames", inbound.retryAfterMillis());
    answers.refuse(tooFast, frame.id(), frame.replyAddress());
  }

  private void endForBadToken(Verification.Refused refused) {
    answers.refuse(SessionIdentity.refusal(refused), ClientFrame.NO_ID, null);
    close(CloseCode.BAD_TOKEN);
  }

  /** The session acts for somebody now, or has newer rights. */
  void identityChanged() {
    source = describe();
    clock.identityChanged();
    registrations.recheck();
  }

  // ---- frames

  @Override
  public void ping(ClientFrame.Ping frame) {
    happened(Event.SOCKET_PING, null);
    ClientFrame.Hello hello = frame.hello();
    if (hello == null) {
      answers.pong();
    } else if (answers.hello()) {
      answers.refuse(BridgeError.rejected("hello was said already"), ClientFrame.NO_ID, null);
    } else {
      hello(hello);
    }
  }

  private void hello(ClientFrame.Hello hello) {
    answers.sayHello();
    String token = hello.token();
    if (token == null || identity.isCurrent(token)) {
      welcome(hello);
    } else {
      gate.verify(token, () -> welcome(hello), this::endForBadToken);
    }
  }

  private void welcome(ClientFrame.Hello hello) {
    answers.event("eb.welcome", Welcome.message(environment, id, identity));
    clock.welcomed();
    if (hello.resume()) {
      answers.refuse(BridgeError.notYet("recovery (subs)"), ClientFrame.NO_ID, null);
    }
  }

  @Override
  public void pong(ClientFrame.Pong frame) {
    if (!unknownBeforeHello(ClientFrame.NO_ID)) {
      clock.ponged();
    }
  }

  @Override
  public void register(ClientFrame.Register frame) {
    registrations.register(frame);
  }

  @Override
  public void unregister(ClientFrame.Unregister frame) {
    registrations.unregister(frame);
  }

  @Override
  public void send(ClientFrame.Send frame) {
    requests.send(frame, registrations.count());
  }

  @Override
  public void publish(ClientFrame.Publish frame) {
    requests.publish(frame);
  }

  @Override
  public void history(ClientFrame.History frame) {
    if (!unknownBeforeHello(frame.id())) {
      answers.refuse(BridgeError.notYet("history"), frame.id(), null);
    }
  }

  @Override
  public void refresh(ClientFrame.Refresh frame) {
    if (unknownBeforeHello(frame.id())) {
      return;
    }
    gate.verify(
        frame.token(),
        () -> answers.ok(frame.id(), identity.describeTo(new JsonObject())),
        refused -> answers.refuse(SessionIdentity.refusal(refused), frame.id(), null));
  }

  @Override
  public void malformed(ClientFrame.Malformed frame) {
    answers.refuse(frame.error(), frame.id(), frame.replyAddress());
  }

  private boolean unknownBeforeHello(long frameId) {
    if (!answers.hello()) {
      answers.refuse(BridgeError.helloFirst(), frameId, null);
    }
    return !answers.hello();
  }

  // ---- write

  /** A published message for an address that this session is registered at. */
  void deliver(String address, EncodedFrame frame) {
    happened(Event.RECEIVE, address);
    write(frame, address);
  }

  /** A message that was sent to this session alone, perhaps with a reply expected. */
  void deliverSent(String address, Message<Object> message) {
    requests.deliverSent(address, message);
  }

  /** Queues a frame for the end of this turn; {@code address} tells whom a refusal concerns. */
  void write(EncodedFrame frame, @Nullable String address) {
    switch (queue.add(frame)) {
      case YES -> {}
      case OVERRUN -> close(CloseCode.SLOW);
      case TOO_LARGE ->
          answers.refuse(
              new BridgeError(
                  BridgeError.REJECTED,
                  FailureCode.LIMIT,
                  "a message of " + frame.length() + " bytes is over limits.queueBytes"),
              ClientFrame.NO_ID,
              address);
    }
  }

  @Override
  public void writable() {
    queue.flush();
  }

  // ---- close

  /** Tells the client why, and ends the connection. */
  void close(CloseCode code) {
    if (closed) {
      return;
    }
    environment.listener().closing(source, code.code(), code.reason());
    answers.disconnecting(code);
    queue.flush();
    leave();
    socket.close(code.code(), code.reason());
  }

  @Override
  public void closed() {
    leave();
  }

  /** Gives back everything that the session held; once. */
  private void leave() {
    if (closed) {
      return;
    }
    closed = true;
    clock.cancel();
    registrations.releaseAll();
    requests.releaseAll();
    identity.release();
    queue.end();
    gate.clear();
    loop.forget(this);
    happened(Event.SOCKET_CLOSED, null);
  }
}
