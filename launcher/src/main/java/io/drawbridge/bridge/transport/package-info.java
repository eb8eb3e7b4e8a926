/** How frames travel: WebSocket and the SockJS transports behind one interface. */
@NullMarked
package io.drawbridge.bridge.transport;

import org.jspecify.annotations.NullMarked;
