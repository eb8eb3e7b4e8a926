package io.drawbridge.pluginhost.folder;

import org.jspecify.annotations.Nullable;

/**
 * What a watcher knows of one name in its folder. One thread; times are of {@link PluginWatcher}.
 */
final class Sighting {

  private static final long PRESENT = -1;

  private @Nullable Look look;
  private long since;
  private long missingSince = PRESENT;
  private boolean tried;
  private boolean judged;
  private boolean told;

  /** It is there and looks so; from when on it does, is {@code since}. */
  void saw(Look seen, long sinceMillis) {
    missingSince = PRESENT;
    if (!seen.equals(look)) {
      look = seen;
      since = sinceMillis;
      tried = false;
      judged = false;
    }
  }

  /** How long until it has been left alone for so long; 0 or less if it has. */
  long unsettled(long settleMillis, long now) {
    return since + settleMillis - now;
  }

  /** Whether this look was told of, or refused. */
  boolean judged() {
    return judged;
  }

  /** Whether this look has been read before, to no avail. */
  boolean tried() {
    return tried;
  }

  void tries() {
    tried = true;
  }

  void judge() {
    judged = true;
    told = true;
  }

  /** Forgets how it looked: it changed while it was read. */
  void forget() {
    look = null;
  }

  /** Whether anybody was ever told of it. */
  boolean told() {
    return told;
  }

  /** How long until it has been missing for so long; 0 or less if it has. */
  long missing(long settleMillis, long now) {
    if (missingSince == PRESENT) {
      missingSince = now;
    }
    return missingSince + settleMillis - now;
  }
}
