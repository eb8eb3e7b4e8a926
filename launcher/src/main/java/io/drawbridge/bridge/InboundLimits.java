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
  private final SessionIdentity identity;
  private final int mostInARow;
  private int refusedInARow;
  private long retryAfterMillis;

  InboundLimits(LimitsConfig limits, SessionIdentity identity, long nowMillis) {
    this.identity = identity;
    this.rate = new TokenBucket(limits.framesPerSecond(), limits.framesBurst(), nowMillis);
    this.mostInARow = limits.badFrames();
  }

  Admission admit(ClientFrame frame, long nowMillis) {
    boolean inTime = inTime(nowMillis);
    if (inTime && !(frame instanceof ClientFrame.Malformed)) {
      refusedInARow = 0;
      return Admission.YES;
    }
    if (++refusedInARow > mostInARow) {
      return Admission.FLOODING;
    }
    return inTime ? Admission.YES : Admission.TOO_FAST;
  }

  /** Within the session's own rate, and within that of its subject over all sessions. */
  private boolean inTime(long nowMillis) {
    if (!rate.take(nowMillis)) {
      retryAfterMillis = rate.retryAfterMillis();
      return false;
    }
    SubjectUsage.Usage usage = identity.usage();
    if (usage != null && !usage.take(nowMillis)) {
      retryAfterMillis = usage.retryAfterMillis();
      return false;
    }
    return true;
  }

  /** When the frame that came too fast may come again. */
  long retryAfterMillis() {
    return retryAfterMillis;
  }
}
