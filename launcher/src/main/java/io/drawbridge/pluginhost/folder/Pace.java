package io.drawbridge.pluginhost.folder;

/**
 * How a folder is watched.
 *
 * @param scanMillis how often everything is read again, since file events get lost
 * @param settleMillis how long what is not whole may stay unchanged before it is refused, and how
 *     long a folder of jars must have been left alone
 * @param candidates the most plugins that are looked at; further ones are passed over
 * @param events whether to look at once when the system tells of a change
 */
public record Pace(long scanMillis, long settleMillis, int candidates, boolean events) {

  public Pace {
    if (scanMillis < 1 || settleMillis < 0 || candidates < 1) {
      throw new IllegalArgumentException("no pace to watch a folder at: " + scanMillis);
    }
  }
}
