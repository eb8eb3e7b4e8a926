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
 * Keeps a session's frames in order while tokens are verified: a frame that brings one is finished
 * before the next is looked at, even where keys have to be fetched first.
 */
final class TokenGate {

  private final BridgeSession session;
  private final Socket socket;
  private final SessionIdentity identity;
  private final SessionAnswers answers;

  /** What had been read already when the socket was told to stop reading. */
  private final Queue<ClientFrame> waiting = new ArrayDeque<>(0);

  private boolean verifying;

  TokenGate(
      BridgeSession session, Socket socket, SessionIdentity identity, SessionAnswers answers) {
    this.session = session;
    this.socket = socket;
    this.identity = identity;
    this.answers = answers;
  }

  /** Gives a frame to the session, in its turn, once the token that it may bring is good. */
  void pass(ClientFrame frame) {
    if (verifying) {
      waiting.add(frame);
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
    verifying = true;
    socket.read(false);
    verification.onSuccess(
        result ->
            socket.execute(
                () -> {
                  settle(result, token, accepted, refused);
                  resume();
                }));
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
    } else if (identity.adopt((Verification.Accepted) result, token)) {
      session.identityChanged();
      accepted.run();
    } else {
      session.close(CloseCode.BAD_TOKEN);
    }
  }

  private void resume() {
    verifying = false;
    while (!session.isClosed() && !verifying) {
      ClientFrame next = waiting.poll();
      if (next == null) {
        socket.read(true);
        return;
      }
      pass(next);
    }
  }

  void clear() {
    waiting.clear();
  }
}
