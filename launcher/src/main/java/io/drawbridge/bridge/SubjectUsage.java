package io.drawbridge.bridge;

import io.drawbridge.config.LimitsConfig;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What each subject uses over all its sessions on this node, so that many sockets give nobody more
 * than one user may have. Holds only subjects that have a session. Thread-safe.
 */
final class SubjectUsage {

  private final ConcurrentMap<String, Usage> usages = new ConcurrentHashMap<>();
  private final LimitsConfig limits;

  SubjectUsage(LimitsConfig limits) {
    this.limits = limits;
  }

  /** Counts a session in; it must {@link #leave} once. */
  Usage join(String subject, long nowMillis) {
    return usages.compute(
        subject,
        (name, known) -> {
          Usage usage = known == null ? new Usage(name, limits, nowMillis) : known;
          usage.sessions++;
          return usage;
        });
  }

  void leave(Usage usage) {
    usages.computeIfPresent(usage.subject, (name, known) -> --known.sessions == 0 ? null : known);
  }

  /** One subject's share, used by sessions on several event loops. */
  static final class Usage {

    private final String subject;
    private final int mostRegistrations;
    private final TokenBucket frames;
    private int registrations;

    /** Changed only inside the map's own exclusion. */
    private int sessions;

    private Usage(String subject, LimitsConfig limits, long nowMillis) {
      this.subject = subject;
      this.mostRegistrations = limits.userHandlers();
      this.frames =
          new TokenBucket(limits.userFramesPerSecond(), limits.userFramesBurst(), nowMillis);
    }

    /** Counts one more registration, unless the subject has as many as it may. */
    synchronized boolean register() {
      if (registrations >= mostRegistrations) {
        return false;
      }
      registrations++;
      return true;
    }

    synchronized void unregister() {
      registrations--;
    }

    /** Counts a frame, unless they come too fast. */
    synchronized boolean take(long nowMillis) {
      return frames.take(nowMillis);
    }

    synchronized long retryAfterMillis() {
      return frames.retryAfterMillis();
    }
  }
}
