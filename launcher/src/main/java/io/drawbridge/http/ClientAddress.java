package io.drawbridge.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client's address and scheme through the proxies that ops trust. What anybody else writes
 * into a forwarding header counts for nothing.
 */
public final class ClientAddress {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  private final Networks trusted;

  /** Trusts the proxies in these networks. */
  public ClientAddress(List<String> trustedProxies) {
    this.trusted = Networks.parse(trustedProxies);
  }

  /** The client's address: numeric, the nearest that is not a trusted proxy. */
  public String of(HttpServerRequest request) {
    String nearest = of(request.connection());
    if (!trusted.contains(nearest)) {
      return nearest;
    }
    for (String hop : hopsFromTheRight(request)) {
      if (Networks.bytes(hop) == null) {
        return nearest;
      }
      nearest = hop;
      if (!trusted.contains(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** The address at the other end of the connection, proxy or not. */
  static String of(HttpConnection connection) {
    SocketAddress peer = connection.remoteAddress();
    String address = peer == null ? null : peer.hostAddress();
    return address == null ? "unknown" : address;
  }

  /** Whether a trusted proxy stands between the client and us. */
  public boolean proxied(HttpServerRequest request) {
    return trusted.contains(of(request.connection()));
  }

  boolean trusts(HttpConnection connection) {
    return trusted.contains(of(connection));
  }

  /** The scheme that the client used: what TLS says, or a trusted proxy. */
  public String scheme(HttpServerRequest request) {
    String forwarded = proxied(request) ? last(request.getHeader(FORWARDED_PROTO)) : null;
    if (forwarded != null) {
      return forwarded.toLowerCase(Locale.ROOT);
    }
    return request.isSSL() ? "https" : "http";
  }

  private static List<String> hopsFromTheRight(HttpServerRequest request) {
    List<String> hops = new ArrayList<>();
    for (String line : request.headers().getAll(FORWARDED_FOR)) {
      for (String hop : line.split(",", -1)) {
        hops.add(withoutPort(hop.trim()));
      }
    }
    Collections.reverse(hops);
    return hops;
  }

  /** Some proxies write {@code 10.0.0.1:4711} or {@code [::1]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static @Nullable String last(@Nullable String list) {
    return list == null ? null : list.substring(list.lastIndexOf(',') + 1).trim();
  }
}
