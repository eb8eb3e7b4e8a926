package io.drawbridge.bridge;

import io.drawbridge.bridge.transport.Socket;
import io.drawbridge.permission.TokenVerifier.Verification;
import io.drawbridge.protocol.ClientFrame;
import io.drawbridge.protocol.CloseCode;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps a session's frames in order: one that brings a token, or opens a consumer, is finished
 * before the next is looked at, even where keys have to be fetched first.
 */
final class FrameGate {

  private final BridgeSession session;
  private final BridgeLoop loop;
  private final Socket socket;
  private final SessionIdentity identity;
  private final SessionAnswers answers;

  /** So many may wait before the socket is told to stop reading. */
  private static final int WAITING = 32;

  private final Queue<ClientFrame> waiting = new ArrayDeque<>(0);

  /** How many things have to end first: a frame that brings a token may open a consumer as well. */
  private int holds;

  private boolean stoppedReading;

  FrameGate(
      BridgeSession session,
      BridgeLoop loop,
      Socket socket,
      SessionIdentity identity,
      SessionAnswers answers) {
    this.session = session;
    this.loop = loop;
    this.socket = socket;
    this.identity = identity;
    this.answers = answers;
  }

  /** Gives a frame to the session, in its turn, once the token that it may bring is good. */
  void pass(ClientFrame frame) {
    if (holds > 0) {
      waiting.add(frame);
      if (waiting.size() >= WAITING) {
        stopReading();
      }
      return;
    }
    String token = frame.bearer();
    if (token == null || identity.isCurrent(token)) {
      frame.deliverTo(session);
      return;
    }
    verify(
        token,
        () -> frame.deliverTo(session),
        refused ->
            answers.refuse(SessionIdentity.refusal(refused), frame.id(), frame.replyAddress()));
  }

  /** Verifies a token, takes it on if it is good, and lets no frame pass meanwhile. */
  void verify(String token, Runnable accepted, Consumer<Verification.Refused> refused) {
    Future<Verification> verification = identity.verify(token);
    if (verification.isComplete()) {
      settle(verification.result(), token, accepted, refused);
      return;
    }
    stopReading();
    hold(
        verification.onSuccess(
            result -> loop.execute(() -> settle(result, token, accepted, refused))));
  }

  /** Lets no frame pass until something has ended, well or not. */
  void hold(Future<?> until) {
    holds++;
    until.onComplete(ended -> loop.execute(this::resume));
  }

  private void stopReading() {
    stoppedReading = true;
    socket.read(false);
  }

  private void settle(
      Verification result,
      String token,
      Runnable accepted,
      Consumer<Verification.Refused> refused) {
    if (session.isClosed()) {
      return;
    }
    if (result instanceof Verification.Refused no) {
      refused.accept(no);
    } else if (identity.adopt((Verification.Accepted) result, token, loop.nowMillis())) {
      session.identityChanged();
      accepted.run();
    } else {
      session.close(CloseCode.BAD_TOKEN);
    }
  }

  private void resume() {
    holds--;
    while (!session.isClosed() && holds == 0) {
      ClientFrame next = waiting.poll();
      if (next == null) {
        if (stoppedReading) {
          stoppedReading = false;
          socket.read(true);
        }
        return;
      }
      pass(next);
    }
  }

  void clear() {
    waiting.clear();
  }
}
