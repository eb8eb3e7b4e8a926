package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Writes an address as AsyncAPI has them, where every wildcard is a parameter with a name. */
final class AsyncApiPattern {

  private AsyncApiPattern() {}

  /**
   * Writes an address.
   *
   * @param parameters takes a description of each
   */
  static String expression(String address, ObjectNode parameters) {
    var parts = new ArrayList<String>();
    for (String part : List.of(address.split("\\.", -1))) {
      if (part.equals("**")) {
        String name = free(address);
        parameters.putObject(name).put("description", "One or more parts, with dots between them.");
        parts.add("{" + name + "}");
      } else {
        if (part.startsWith("{")) {
          String name = part.substring(1, part.length() - 1);
          parameters.putObject(name).put("description", "Any one part.");
        }
        parts.add(part);
      }
    }
    return String.join(".", parts);
  }

  private static String free(String address) {
    String name = "rest";
    while (address.contains("{" + name + "}")) {
      name += "_";
    }
    return name;
  }
}
