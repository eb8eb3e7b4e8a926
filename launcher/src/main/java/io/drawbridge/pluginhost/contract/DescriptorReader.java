package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import io.drawbridge.config.SchemaCheck;
import io.drawbridge.config.StrictJson;
import io.drawbridge.permission.BodySchemas;
import io.drawbridge.permission.Decision;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import io.vertx.core.ThreadingModel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a descriptor of its text, or names what is wrong with it by JSON pointers. */
public final class DescriptorReader {

  private static final String SCHEMA = "plugin.schema.json";
  private static final SchemaCheck CHECK = SchemaCheck.of(ownSchema(), SCHEMA);
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  /** The schema of a plugin that takes no settings. */
  private static final SchemaCheck NO_SETTINGS =
      SchemaCheck.of(
          new JsonObject("{\"type\":\"object\",\"additionalProperties\":false}"), "settings");

  private static final KnownSchemas<SchemaCheck> SETTINGS = new KnownSchemas<>();
  private static final KnownSchemas<Decision.BodySchema> BODIES = new KnownSchemas<>();

  private final String file;

  private DescriptorReader(String file) {
    this.file = file;
  }

  private static JsonObject ownSchema() {
    try (InputStream in = DescriptorReader.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing from the server's jar");
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a descriptor.
   *
   * @param file what errors call it
   * @throws ConfigException with every mistake that the schema finds
   * @throws PluginException with the first that only code finds
   */
  public static PluginDescriptor read(String file, byte[] utf8) {
    ObjectNode json = StrictJson.read(utf8, file);
    List<Mistake> mistakes = CHECK.mistakes(new JsonObject(json.toString()), file);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return new DescriptorReader(file).descriptor(json);
  }

  private PluginDescriptor descriptor(ObjectNode json) {
    checkApi(json.path("api").asText());
    JsonNode settings = json.get("settings");
    return new PluginDescriptor(
        json.path("id").asText(),
        json.path("version").asText(),
        json.path("verticle").asText(),
        threading(json.path("threading").asText("event-loop")),
        json.path("instances").asInt(1),
        settings == null ? NO_SETTINGS : SETTINGS.get(settings, () -> settings(settings)),
        texts(json.path("needs")),
        addresses(json.path("addresses")));
  }

  private SchemaCheck settings(JsonNode schema) {
    return SchemaCheck.of(new JsonObject(schema.toString()), file + ":/settings");
  }

  /** {@code ^1.0} asks for major 1 with at least minor 0. */
  private void checkApi(String range) {
    String[] wanted = range.substring(1).split("\\.", -1);
    boolean served =
        Integer.parseInt(wanted[0]) == PluginDescriptor.API_MAJOR
            && Integer.parseInt(wanted[1]) <= PluginDescriptor.API_MINOR;
    if (!served) {
      String offered = PluginDescriptor.API_MAJOR + "." + PluginDescriptor.API_MINOR;
      throw new PluginException(
          file,
          "/api",
          "asks for plugin API " + range + ", and this server offers " + offered,
          "Build the plugin against " + offered + ", or run a server that offers what it asks for");
    }
  }

  private ThreadingModel threading(String name) {
    int java = Runtime.version().feature();
    if (name.equals("virtual-thread") && java < FIRST_WITH_VIRTUAL_THREADS) {
      throw new PluginException(
          file,
          "/threading",
          "asks for virtual threads, and this server runs on Java " + java,
          "Run the server on Java 21 or later, or use worker");
    }
    return ThreadingModel.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new HashSet<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private List<Address> addresses(JsonNode array) {
    var addresses = new ArrayList<Address>();
    var seen = new HashSet<String>();
    for (int i = 0; i < array.size(); i++) {
      Address address = address("/addresses/" + i, array.get(i));
      if (!seen.add(address.address())) {
        throw new PluginException(
            file,
            "/addresses/" + i + "/address",
            address.address() + " is listed twice",
            "Remove one of the two");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private Address address(String pointer, JsonNode json) {
    String address = json.path("address").asText();
    Kind kind = Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT));
    checkName(pointer + "/address", address, kind);
    if (kind == Kind.BROADCAST && json.has("authority")) {
      throw new PluginException(
          file,
          pointer + "/authority",
          "stands on a broadcast address, and a plugin opens only what it serves",
          "Remove it, and let a permission rule say who may register there");
    }
    Decision.BodySchema replies = compiled(pointer + "/reply", json.get("reply"));
    String authority = json.has("authority") ? json.path("authority").asText() : null;
    return new Address(
        address,
        kind,
        json.path("summary").asText(),
        authority,
        compiled(pointer + "/request", json.get("request")),
        replies,
        json.get("request"),
        json.get("reply"),
        json.get("example"));
  }

  private void checkName(String pointer, String address, Kind kind) {
    if (address.startsWith("__vertx") || address.startsWith("eb.")) {
      throw new PluginException(
          file, pointer, address + " is reserved for the server", "Choose another name");
    }
    if (kind != Kind.BROADCAST && AddressPattern.isPattern(address)) {
      throw new PluginException(
          file,
          pointer,
          address + " is a pattern, and only a broadcast address may be one",
          "List each address that the plugin serves");
    }
    if (!AddressPattern.isWellFormed(address)) {
      throw new PluginException(
          file,
          pointer,
          address + " mixes text and wildcard in a part",
          "Let a wildcard be a whole part: {x} for any one, ** at the end for one or more");
    }
  }

  private Decision.@Nullable BodySchema compiled(String pointer, @Nullable JsonNode schema) {
    return schema == null ? null : BODIES.get(schema, () -> compile(file + ":" + pointer, schema));
  }

  private static Decision.BodySchema compile(String name, JsonNode schema) {
    if (schema.isObject()) {
      SchemaCheck.of(new JsonObject(schema.toString()), name);
    }
    return BodySchemas.compile(name, schema);
  }
}
