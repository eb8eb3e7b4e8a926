package io.drawbridge.pluginhost;

/**
 * How a version is to take over.
 *
 * @param canaryPercent the share of subjects that it serves at first, from 1 to 99; 0 lets it serve
 *     everybody at once
 * @param force whether it may break the clients of the version that runs
 * @param by who asks: a token's subject, or {@code folder}
 */
public record DeployOptions(int canaryPercent, boolean force, String by) {

  /** Who asks when a file in the plugins folder does. */
  public static final String FOLDER = "folder";

  /** Who asks when a project is compiled that is being written. */
  public static final String DEVELOPMENT = "development";

  public DeployOptions {
    if (canaryPercent < 0 || canaryPercent > 99) {
      throw new IllegalArgumentException("a canary serves 1 to 99 percent, not " + canaryPercent);
    }
  }

  /** While it is being written: clients may break, and nothing is on probation. */
  static DeployOptions development() {
    return new DeployOptions(0, true, DEVELOPMENT);
  }

  /** At once, for everybody. */
  public static DeployOptions plain(String by) {
    return new DeployOptions(0, false, by);
  }
}
