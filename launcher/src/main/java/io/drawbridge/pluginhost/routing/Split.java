package io.drawbridge.pluginhost.routing;

import io.drawbridge.plugin.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who is called at one moment: the stable generation, and for a share of the subjects the canary.
 *
 * @param stable null while nobody serves the plugin's addresses
 * @param canary null unless one is tried
 * @param percent the share of subjects that the canary serves
 * @param shut whether calls are refused though somebody could serve them: quarantine
 */
public record Split(@Nullable Target stable, @Nullable Target canary, int percent, boolean shut) {

  /** Nobody serves. */
  public static final Split NOBODY = new Split(null, null, 0, false);

  private static final int WHOLE = 100;
  private static final int SPREAD = 0x9E3779B1;

  /** One generation serves everybody. */
  public static Split all(Target stable) {
    return new Split(stable, null, 0, false);
  }

  /** A share of the subjects goes to another generation. */
  public Split with(Target tried, int share) {
    return new Split(stable, tried, share, false);
  }

  /** The same with its calls refused, or no longer. */
  public Split shut(boolean refused) {
    return new Split(stable, canary, percent, refused);
  }

  @Nullable Target pick(Caller caller) {
    return toCanary(caller) ? canary : stable;
  }

  /** A subject stays on its side; what comes from inside the cluster counts as one subject. */
  boolean toCanary(Caller caller) {
    return canary != null && bucket(caller) < percent;
  }

  private static int bucket(Caller caller) {
    String session = caller.session();
    String who = caller.isSignedIn() || session == null ? caller.subject() : session;
    int mixed = who.hashCode() * SPREAD;
    return Math.floorMod(mixed ^ (mixed >>> 15), WHOLE);
  }
}
