package io.drawbridge.http;

import io.drawbridge.config.LimitsConfig;
import io.drawbridge.http.RefusalListener.Refusal;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts open connections, in all and by address, over all event loops. Thread-safe. */
final class ConnectionCounts {

  private static final int IPV6_BYTES = 16;

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

  /**
   * Counts one in; every one, refused or not, must be counted out again.
   *
   * @param address null counts it in the sum alone
   * @return why it should be refused; null if it should not
   */
  @Nullable Refusal enter(@Nullable String address) {
    int sum = all.incrementAndGet();
    if (address != null && byAddress.merge(key(address), 1, Integer::sum) > mostPerAddress) {
      return Refusal.CONNECTIONS_PER_IP;
    }
    return sum > most ? Refusal.CONNECTIONS : null;
  }

  void leave(@Nullable String address) {
    all.decrementAndGet();
    if (address != null) {
      byAddress.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** One IPv6 client has a whole /64 to choose its address from. */
  private static String key(String address) {
    byte[] bytes = Networks.bytes(address);
    return bytes == null || bytes.length != IPV6_BYTES
        ? address
        : HexFormat.of().formatHex(bytes, 0, IPV6_BYTES / 2);
  }
}
