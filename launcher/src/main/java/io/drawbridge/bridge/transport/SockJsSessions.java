package io.drawbridge.bridge.transport;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP sessions of one prefix by their ids, on whichever event loop they live. Thread-safe. How
 * many there may be, who creates one has asked before.
 */
final class SockJsSessions {

  private static final Pattern PART = Pattern.compile("[^./]{1,128}");

  private final ConcurrentMap<String, SockJsSession> byId = new ConcurrentHashMap<>();

  /** Whether a part of the path may name a server or a session: not empty, and without dots. */
  static boolean valid(String part) {
    return PART.matcher(part).matches();
  }

  @Nullable SockJsSession find(String id) {
    return byId.get(id);
  }

  /** The session of this id: the one there is, or a new one. */
  SockJsSession findOrAdd(String id, Supplier<SockJsSession> added) {
    return byId.computeIfAbsent(id, key -> added.get());
  }

  void remove(String id) {
    byId.remove(id);
  }
}
