package io.drawbridge.bridge;

import io.vertx.core.eventbus.Message;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests that a browser was given to answer, oldest first; each can be answered once. */
final class OwedReplies {

  private record Owed(Message<Object> request, long until) {}

  private final Map<String, Owed> byReplyAddress = new LinkedHashMap<>();
  private final int most;
  private final long millis;

  OwedReplies(int most, long millis) {
    this.most = most;
    this.millis = millis;
  }

  /** Notes a request; false when the browser owes too many already. */
  boolean add(String replyAddress, Message<Object> request, long nowMillis) {
    if (byReplyAddress.size() >= most) {
      expire(nowMillis);
      if (byReplyAddress.size() >= most) {
        return false;
      }
    }
    byReplyAddress.put(replyAddress, new Owed(request, nowMillis + millis));
    return true;
  }

  /** The request that waits for a reply at this address; it waits no longer. */
  @Nullable Message<Object> take(String replyAddress, long nowMillis) {
    Owed owed = byReplyAddress.remove(replyAddress);
    return owed == null || owed.until < nowMillis ? null : owed.request;
  }

  void expire(long nowMillis) {
    Iterator<Owed> oldestFirst = byReplyAddress.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().until < nowMillis) {
      oldestFirst.remove();
    }
  }

  void clear() {
    byReplyAddress.clear();
  }
}
