package io.drawbridge.http;

import io.drawbridge.config.LimitsConfig;
import io.drawbridge.http.RefusalListener.Refusal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts open connections, in all and by address, over all event loops. Thread-safe. */
final class ConnectionCounts {

  private final int most;
  private final int mostPerAddress;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  ConnectionCounts(LimitsConfig limits) {
    this.most = limits.connections();
    this.mostPerAddress = limits.connectionsPerIp();
  }

  int open() {
    return all.get();
  }

  /** Counts one in; every one, refused or not, must be counted out again. */
  @Nullable Refusal enter() {
    return all.incrementAndGet() > most ? Refusal.CONNECTIONS : null;
  }

  void leave() {
    all.decrementAndGet();
  }

  /** Counts one of an address in; every one, refused or not, must be counted out again. */
  @Nullable Refusal enter(String address) {
    int now = byAddress.merge(address, 1, Integer::sum);
    return now > mostPerAddress ? Refusal.CONNECTIONS_PER_IP : null;
  }

  void leave(String address) {
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
