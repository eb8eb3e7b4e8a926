package io.drawbridge.pluginhost.contract;

import java.util.HashSet;
import java.util.Set;

/** Gives names that tools take, each only once: an address may hold what a name must not. */
final class AddressNames {

  private final Set<String> given = new HashSet<>();

  /** The address itself, as far as it goes: {@code chat.room.{room}} is {@code chat.room.room}. */
  String key(String address) {
    String many = address.replace("**", "many");
    return once(many.replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9._-]", "_"));
  }

  /** A type's name: {@code chat.room.{room}} and {@code Broadcast} are ChatRoomRoomBroadcast. */
  String type(String... words) {
    var name = new StringBuilder();
    for (String word : String.join(".", words).replace("**", "many").split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
      }
    }
    boolean begins = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return once(begins ? name.toString() : "Type" + name);
  }

  private String once(String wanted) {
    String name = wanted;
    for (int i = 2; !given.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
