package io.drawbridge.config;

/**
 * How the plugins folder is watched.
 *
 * @param scanSeconds how often all of it is read again, since file events get lost
 * @param settleMillis how long a file that is no whole jar may stay unchanged before it is refused
 * @param candidates the most plugins that are looked at
 */
public record FolderConfig(int scanSeconds, int settleMillis, int candidates) {

  public FolderConfig {
    new Checks("/plugins/folder")
        .bounds("scanSeconds", scanSeconds)
        .bounds("settleMillis", settleMillis)
        .bounds("candidates", candidates)
        .done();
  }
}
