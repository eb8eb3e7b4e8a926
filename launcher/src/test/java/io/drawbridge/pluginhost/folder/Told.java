package io.drawbridge.pluginhost.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.pluginhost.contract.PluginException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes down what a watcher tells, as lines that one can wait for. */
final class Told implements FolderListener {

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  volatile @Nullable Candidate candidate;

  @Override
  public void changed(Candidate whole) {
    candidate = whole;
    lines.add("changed " + whole.source());
  }

  @Override
  public void removed(String source) {
    lines.add("removed " + source);
  }

  @Override
  public void refused(String source, PluginException why) {
    lines.add("refused " + source + ": " + why.getMessage());
  }

  /** The next line; fails if none comes. */
  String next() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    assertThat(line).as("something is told within 20 s").isNotNull();
    return line;
  }

  /** Nothing is told for so long. */
  void nothingWithin(long millis) throws InterruptedException {
    assertThat(lines.poll(millis, TimeUnit.MILLISECONDS)).as("what was told").isNull();
  }
}
