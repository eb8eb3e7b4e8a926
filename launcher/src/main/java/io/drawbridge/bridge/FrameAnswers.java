package io.drawbridge.bridge;

import io.drawbridge.protocol.ClientFrame;
import org.jspecify.annotations.Nullable;

/** Where the answer to a frame goes: its id, and the address that its error belongs to. */
final class FrameAnswers {

  private FrameAnswers() {}

  static long id(ClientFrame frame) {
    if (frame instanceof ClientFrame.Send send) {
      return send.id();
    }
    if (frame instanceof ClientFrame.Publish publish) {
      return publish.id();
    }
    if (frame instanceof ClientFrame.Register register) {
      return register.id();
    }
    if (frame instanceof ClientFrame.Unregister unregister) {
      return unregister.id();
    }
    if (frame instanceof ClientFrame.History history) {
      return history.id();
    }
    if (frame instanceof ClientFrame.Refresh refresh) {
      return refresh.id();
    }
    return frame instanceof ClientFrame.Malformed malformed ? malformed.id() : ClientFrame.NO_ID;
  }

  /** The reply address of a request; null for all others. */
  static @Nullable String address(ClientFrame frame) {
    if (frame instanceof ClientFrame.Send send) {
      return send.replyAddress();
    }
    return frame instanceof ClientFrame.Malformed malformed ? malformed.replyAddress() : null;
  }

  /** The token that came in the frame's headers. */
  static @Nullable String token(ClientFrame frame) {
    if (frame instanceof ClientFrame.Send send) {
      return send.token();
    }
    if (frame instanceof ClientFrame.Publish publish) {
      return publish.token();
    }
    return frame instanceof ClientFrame.Register register ? register.token() : null;
  }
}
