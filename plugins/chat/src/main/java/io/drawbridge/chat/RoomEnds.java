package io.drawbridge.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last offset known of each room, for so many rooms; those not spoken in for longest are
 * forgotten. A room that stands here is on the list of rooms.
 */
final class RoomEnds {

  private final Map<String, Long> offsets;

  RoomEnds(int bound) {
    offsets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > bound;
          }
        };
  }

  boolean knows(String room) {
    return offsets.containsKey(room);
  }

  long of(String room) {
    return offsets.getOrDefault(room, 0L);
  }

  void put(String room, long offset) {
    offsets.put(room, offset);
  }
}
