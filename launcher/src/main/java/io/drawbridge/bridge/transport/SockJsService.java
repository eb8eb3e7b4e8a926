package io.drawbridge.bridge.transport;

/**
 * How one SockJS prefix behaves.
 *
 * @param prefix the path that it is mounted at, without a slash at the end
 * @param webSocket whether WebSockets are offered
 * @param cookieNeeded whether the cookie that some load balancers stick to is set
 * @param legacy whether jsonp, htmlfile and their iframe are served
 * @param streamBytes after how many bytes a stream is ended and begun anew
 */
record SockJsService(
    String prefix, boolean webSocket, boolean cookieNeeded, boolean legacy, int streamBytes) {}
