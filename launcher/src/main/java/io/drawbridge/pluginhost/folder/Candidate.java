package io.drawbridge.pluginhost.folder;

import io.drawbridge.pluginhost.folder.Look.FileLook;
import java.nio.file.Path;
import java.util.List;

/** A jar, or a folder of jars, that was whole when it was looked at. */
public final class Candidate {

  private final String source;
  private final Path path;
  private final Look look;

  Candidate(String source, Path path, Look look) {
    this.source = source;
    this.path = path;
    this.look = look;
  }

  /** What errors and listings call it: its name in the folder. */
  public String source() {
    return source;
  }

  /** The jar or the folder. */
  public Path path() {
    return path;
  }

  /** Its jars, by name, as they lay there. */
  public List<Path> jars() {
    return look.files().stream().map(FileLook::path).toList();
  }

  /**
   * Whether it still looks as it did when it was found whole. Ask after copying: if it changed
   * meanwhile, forget the copy, for another event is on its way.
   */
  public boolean unchanged() {
    return look.equals(Look.of(path));
  }
}
