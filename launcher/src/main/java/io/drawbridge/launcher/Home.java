package io.drawbridge.launcher;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The folder that the server was assembled in: {@code lib/ conf/ plugins/ webroot/}. */
record Home(Path path) {

  /** What {@code -Ddrawbridge.home} names, or the folder around {@code lib/drawbridge.jar}. */
  static Home locate() {
    String named = System.getProperty("drawbridge.home");
    if (named != null) {
      return new Home(Path.of(named));
    }
    try {
      Path jar = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Home(Objects.requireNonNull(jar.getParent()).resolveSibling(".").normalize());
    } catch (URISyntaxException e) {
      throw StartupException.failed("set -Ddrawbridge.home to the server's home", e);
    }
  }

  Path conf() {
    return path.resolve("conf");
  }

  Path webroot() {
    return path.resolve("webroot");
  }
}
