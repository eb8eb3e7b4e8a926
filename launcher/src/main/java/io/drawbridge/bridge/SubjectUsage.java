package io.drawbridge.bridge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the registrations of each subject over all its sessions on this node. Thread-safe; holds
 * only subjects that have a registration.
 */
final class SubjectUsage {

  private final ConcurrentMap<String, Integer> registrations = new ConcurrentHashMap<>();
  private final int most;

  SubjectUsage(int most) {
    this.most = most;
  }

  /** Counts one more, unless the subject has as many as it may. */
  boolean acquire(String subject) {
    boolean[] granted = new boolean[1];
    registrations.compute(
        subject,
        (name, count) -> {
          int now = count == null ? 0 : count;
          granted[0] = now < most;
          return granted[0] ? Integer.valueOf(now + 1) : count;
        });
    return granted[0];
  }

  /** Counts some less. */
  void release(String subject, int count) {
    registrations.computeIfPresent(subject, (name, now) -> now > count ? now - count : null);
  }
}
