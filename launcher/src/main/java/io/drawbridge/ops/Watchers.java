package io.drawbridge.ops;

import io.drawbridge.bridge.BridgeListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes what happens on the bridge to several listeners, in their order. */
public final class Watchers implements BridgeListener {

  private final BridgeListener[] listeners;

  public Watchers(List<BridgeListener> listeners) {
    this.listeners = listeners.toArray(BridgeListener[]::new);
  }

  @Override
  public void happened(Event event, Source source, @Nullable String address) {
    for (BridgeListener listener : listeners) {
      listener.happened(event, source, address);
    }
  }

  @Override
  public void refused(
      Source source, String word, int code, @Nullable String address, String reason) {
    for (BridgeListener listener : listeners) {
      listener.refused(source, word, code, address, reason);
    }
  }

  @Override
  public void closing(Source source, int code, String reason) {
    for (BridgeListener listener : listeners) {
      listener.closing(source, code, reason);
    }
  }

  @Override
  public void received(int bytes) {
    for (BridgeListener listener : listeners) {
      listener.received(bytes);
    }
  }

  @Override
  public void wrote(int frames, long bytes) {
    for (BridgeListener listener : listeners) {
      listener.wrote(frames, bytes);
    }
  }

  @Override
  public void queued(long bytes) {
    for (BridgeListener listener : listeners) {
      listener.queued(bytes);
    }
  }

  @Override
  public void ponged(long millis) {
    for (BridgeListener listener : listeners) {
      listener.ponged(millis);
    }
  }
}
