package io.drawbridge.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.pluginhost.PluginDescriptor.Address;
import io.drawbridge.pluginhost.PluginDescriptor.Kind;
import io.vertx.core.ThreadingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a descriptor of its text, or names the first fault by its JSON pointer. */
final class DescriptorReader {

  private static final String SCHEMA = "plugin.schema.json";
  private static final JsonCheck CHECK = JsonCheck.compile(ownSchema());
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  private DescriptorReader() {}

  private static JsonNode ownSchema() {
    try (InputStream in = DescriptorReader.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing from the server's jar");
      }
      return StrictJson.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a descriptor.
   *
   * @param file what errors call it
   * @throws PluginException in one line: file, pointer, problem, remedy
   */
  static PluginDescriptor read(String file, byte[] utf8) {
    try {
      ObjectNode json = StrictJson.read(utf8);
      String violation = CHECK.violation(json);
      if (violation != null) {
        throw new PluginException(violation + "; docs/plugins.md describes every key");
      }
      return descriptor(json);
    } catch (PluginException e) {
      throw new PluginException(file + " " + e.getMessage(), e);
    }
  }

  private static PluginDescriptor descriptor(ObjectNode json) {
    checkApi(json.path("api").asText());
    JsonNode settings = json.get("settings");
    compile("/settings", settings);
    return new PluginDescriptor(
        json.path("id").asText(),
        json.path("version").asText(),
        json.path("api").asText(),
        json.path("verticle").asText(),
        threading(json.path("threading").asText("event-loop")),
        json.path("instances").asInt(1),
        settings,
        texts(json.path("needs")),
        addresses(json.path("addresses")));
  }

  /** {@code ^1.0} asks for major 1 with at least minor 0. */
  private static void checkApi(String range) {
    String[] wanted = range.substring(1).split("\\.", -1);
    boolean served =
        Integer.parseInt(wanted[0]) == PluginDescriptor.API_MAJOR
            && Integer.parseInt(wanted[1]) <= PluginDescriptor.API_MINOR;
    if (!served) {
      String offered = PluginDescriptor.API_MAJOR + "." + PluginDescriptor.API_MINOR;
      throw new PluginException(
          "/api asks for plugin API "
              + range
              + ", and this server offers "
              + offered
              + ": build the plugin against "
              + offered
              + ", or run a server that offers what it asks for");
    }
  }

  private static ThreadingModel threading(String name) {
    if (name.equals("virtual-thread") && Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
      throw new PluginException(
          "/threading asks for virtual threads, and this server runs on Java "
              + Runtime.version().feature()
              + ": run it on Java 21 or later, or use worker");
    }
    return ThreadingModel.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new HashSet<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<Address> addresses(JsonNode array) {
    var addresses = new ArrayList<Address>();
    var seen = new HashSet<String>();
    for (int i = 0; i < array.size(); i++) {
      Address address = address("/addresses/" + i, array.get(i));
      if (!seen.add(address.address())) {
        throw new PluginException(
            "/addresses/" + i + "/address lists " + address.address() + " twice: remove one");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static Address address(String pointer, JsonNode json) {
    String address = json.path("address").asText();
    Kind kind = Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT));
    checkName(pointer + "/address", address, kind);
    if (kind == Kind.BROADCAST && json.has("authority")) {
      throw new PluginException(
          pointer
              + "/authority stands on a broadcast address, and a plugin opens only what it serves:"
              + " remove it, and let a permission rule say who may register there");
    }
    JsonNode request = json.get("request");
    compile(pointer + "/request", request);
    compile(pointer + "/reply", json.get("reply"));
    String authority = json.has("authority") ? json.path("authority").asText() : null;
    return new Address(address, kind, json.path("summary").asText(), authority, request);
  }

  private static void checkName(String pointer, String address, Kind kind) {
    if (address.startsWith("__vertx") || address.startsWith("eb.")) {
      throw new PluginException(
          pointer + " " + address + " is reserved for the server: choose another name");
    }
    boolean wild = address.contains("{") || address.contains("}") || address.contains("*");
    if (wild && kind != Kind.BROADCAST) {
      throw new PluginException(
          pointer
              + " "
              + address
              + " is a pattern, and only a broadcast address may be one: list each address");
    }
    if (wild
        && !address.matches(
            "([^.{}*]+|\\{[A-Za-z][A-Za-z0-9_-]*\\}|\\*\\*(?!.))(\\.([^.{}*]+|\\{[A-Za-z][A-Za-z0-9_-]*\\}|\\*\\*(?!.)))*")) {
      throw new PluginException(
          pointer
              + " "
              + address
              + " is no pattern: a wildcard is a whole part, {x} for one or ** at the end");
    }
  }

  private static void compile(String pointer, @Nullable JsonNode schema) {
    if (schema != null) {
      try {
        JsonCheck.compile(schema);
      } catch (PluginException e) {
        throw new PluginException(pointer + " " + e.getMessage(), e);
      }
    }
  }
}
