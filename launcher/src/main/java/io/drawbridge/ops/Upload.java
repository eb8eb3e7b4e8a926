package io.drawbridge.ops;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file that was sent to the server, in a folder of its own until it is discarded. */
final class Upload {

  private final Uploads owner;
  private final Path place;
  private final AtomicBoolean discarded = new AtomicBoolean();
  private volatile Path jar;

  Upload(Uploads owner, Path place) {
    this.owner = owner;
    this.place = place;
    this.jar = place;
  }

  Path place() {
    return place;
  }

  Upload of(Path file) {
    jar = file;
    return this;
  }

  /** The file, under the name that its sender gave it. */
  Path jar() {
    return jar;
  }

  void discard() {
    if (discarded.compareAndSet(false, true)) {
      owner.discard(place);
    }
  }
}
