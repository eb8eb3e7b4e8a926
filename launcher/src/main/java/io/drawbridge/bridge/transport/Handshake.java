package io.drawbridge.bridge.transport;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's first request said.
 *
 * @param transport {@code raw}, {@code websocket}, {@code xhr}, {@code xhr_streaming}, {@code
 *     eventsource}, {@code htmlfile} or {@code jsonp}
 * @param remoteAddress the client's address, seen through trusted proxies
 * @param origin the Origin header
 * @param token a token that the handshake brought (Authorization header, cookie with an allowed
 *     Origin, sub-protocol, query where a setting allows), not yet verified
 */
public record Handshake(
    String transport, String remoteAddress, @Nullable String origin, @Nullable String token) {

  @Override
  public String toString() {
    return "Handshake[transport=" + transport + ", remoteAddress=" + remoteAddress + "]";
  }
}
