package io.drawbridge.bridge;

import io.drawbridge.config.LimitsConfig;
import io.drawbridge.protocol.ClientFrame;

/**
 * Decides whether a frame is looked at: not when they come too fast, nor after too many bad ones.
 */
final class InboundLimits {

  /** What happens to a frame. */
  enum Admission {
    YES,
    TOO_FAST,
    /** The client goes on although it was told; the connection ends. */
    FLOODING
  }

  private final TokenBucket rate;
  private final int mostInARow;
  private int refusedInARow;

  InboundLimits(LimitsConfig limits, long nowMillis) {
    this.rate = new TokenBucket(limits.framesPerSecond(), limits.framesBurst(), nowMillis);
    this.mostInARow = limits.badFrames();
  }

  Admission admit(ClientFrame frame, long nowMillis) {
    boolean inTime = rate.take(nowMillis);
    if (inTime && !(frame instanceof ClientFrame.Malformed)) {
      refusedInARow = 0;
      return Admission.YES;
    }
    if (++refusedInARow > mostInARow) {
      return Admission.FLOODING;
    }
    return inTime ? Admission.YES : Admission.TOO_FAST;
  }

  long retryAfterMillis() {
    return rate.retryAfterMillis();
  }
}
