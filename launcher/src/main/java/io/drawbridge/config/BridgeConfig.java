package io.drawbridge.config;

/**
 * How the bridge keeps time.
 *
 * @param pingMillis how often the server pings a client that said hello
 * @param pongTimeoutMillis how long it then waits for any frame
 * @param stockPingTimeoutMillis how long a client without a hello may be silent
 * @param replyTimeoutMillis how long a request waits for its reply unless it says otherwise
 * @param maxReplyTimeoutMillis the longest that a request may ask to wait
 * @param lingerMillis how long a consumer outlives its last registration
 * @param heartbeatMillis how often an idle SockJS stream carries a heartbeat
 * @param disconnectMillis how long a SockJS session outlives its last request
 * @param sockJsLegacy whether jsonp and htmlfile are served
 */
public record BridgeConfig(
    int pingMillis,
    int pongTimeoutMillis,
    int stockPingTimeoutMillis,
    int replyTimeoutMillis,
    int maxReplyTimeoutMillis,
    int lingerMillis,
    int heartbeatMillis,
    int disconnectMillis,
    boolean sockJsLegacy) {

  public static BridgeConfig defaults() {
    return new BridgeConfig(25_000, 8_000, 10_000, 30_000, 300_000, 1_000, 25_000, 5_000, false);
  }
}
