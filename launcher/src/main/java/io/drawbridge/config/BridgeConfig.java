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
 * @param expiringMillis how long before its token expires a client hears of it
 * @param reconnectSpreadMillis over how long clients sent away spread their reconnecting
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
    int expiringMillis,
    int reconnectSpreadMillis,
    int heartbeatMillis,
    int disconnectMillis,
    boolean sockJsLegacy) {

  public BridgeConfig {
    new Checks("/bridge")
        .bounds("pingMillis", pingMillis)
        .bounds("pongTimeoutMillis", pongTimeoutMillis)
        .bounds("stockPingTimeoutMillis", stockPingTimeoutMillis)
        .bounds("replyTimeoutMillis", replyTimeoutMillis)
        .bounds("maxReplyTimeoutMillis", maxReplyTimeoutMillis)
        .bounds("lingerMillis", lingerMillis)
        .bounds("expiringMillis", expiringMillis)
        .bounds("reconnectSpreadMillis", reconnectSpreadMillis)
        .bounds("heartbeatMillis", heartbeatMillis)
        .bounds("disconnectMillis", disconnectMillis)
        .that(
            maxReplyTimeoutMillis >= replyTimeoutMillis,
            "maxReplyTimeoutMillis",
            maxReplyTimeoutMillis + " is less than replyTimeoutMillis, " + replyTimeoutMillis,
            "Give at least as much")
        .done();
  }

  /** The documented defaults. */
  public static BridgeConfig defaults() {
    return Settings.defaults().bridge();
  }
}
