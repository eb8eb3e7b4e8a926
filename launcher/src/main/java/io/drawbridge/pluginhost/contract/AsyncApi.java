package io.drawbridge.pluginhost.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the AsyncAPI 3.0 document of what runs: a channel for each address, an operation for each
 * use of one, from the server's point of view, and what each takes and gives.
 */
public final class AsyncApi {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DIGEST_BYTES = 8;
  private static final String TOKEN = "#/components/securitySchemes/token";
  private static final String FAILURE = "#/components/messages/failure";

  /**
   * Where the bridge listens.
   *
   * @param host host and port; clients behind a proxy have their own
   * @param tls whether the way there is encrypted
   */
  public record Server(String host, boolean tls) {}

  private final AddressNames names = new AddressNames();
  private final Map<String, String> broadcasts = new HashMap<>();
  private final ObjectNode document = NODES.objectNode();
  private final ObjectNode channels;
  private final ObjectNode operations;
  private final ObjectNode schemas;

  private AsyncApi(Server server) {
    document.put("asyncapi", "3.0.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "Addresses of this Drawbridge server").put("version", "");
    info.put(
        "description",
        "What the plugins that run serve and publish. Bodies travel in the frames of the bridge's"
            + " protocol; an address is the frame's `address`.");
    document.put("defaultContentType", "application/json");
    document.putObject("servers").set("bridge", server(server));
    channels = document.putObject("channels");
    operations = document.putObject("operations");
    ObjectNode components = document.putObject("components");
    schemas = components.putObject("schemas");
    schemas.set("failure", AsyncApiFailure.schema());
    components.putObject("messages").set("failure", AsyncApiFailure.message());
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put("description", "The JWT of the session; it travels in the protocol's hello.");
  }

  /** Writes the document. Its version is a digest of what it says, so that a change shows. */
  public static String document(List<PluginDescriptor> running, Server server) {
    var api = new AsyncApi(server);
    running.stream().sorted(Comparator.comparing(PluginDescriptor::id)).forEach(api::plugin);
    String digest = digest(api.document.toString());
    ((ObjectNode) api.document.get("info")).put("version", digest);
    return api.document.toPrettyString() + "\n";
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode server(Server server) {
    ObjectNode bridge = NODES.objectNode().put("host", "{host}");
    bridge.put("pathname", "/eventbus/websocket").put("protocol", server.tls() ? "wss" : "ws");
    bridge.put("description", "The bridge over a WebSocket.");
    ObjectNode host = bridge.putObject("variables").putObject("host");
    host.put("default", server.host()).put("description", "Host and port, as clients reach it.");
    return bridge;
  }

  private void plugin(PluginDescriptor plugin) {
    for (Address address : plugin.addresses()) {
      if (address.kind() == Kind.BROADCAST) {
        broadcast(plugin, address);
      } else {
        served(plugin, address);
      }
    }
  }

  private void served(PluginDescriptor plugin, Address address) {
    String key = names.key(address.address());
    channel(key, address).set("request", message(key, "request", address, address.request()));
    ObjectNode operation = operation(key, key, "receive", plugin, address);
    operation.putArray("messages").add(reference("#/channels/" + key + "/messages/request"));
    if (address.authority() == null) {
      operation.put("description", "Open only where a permission rule of the server says so.");
    } else {
      operation.put("description", "Needs the authority `" + address.authority() + "`.");
      operation.put("x-drawbridge-authority", address.authority());
      operation.putArray("security").add(reference(TOKEN));
    }
    if (address.kind() == Kind.REQUEST) {
      operation.set("reply", reply(key, address));
    }
  }

  /** Replies come to an address of each request's own. */
  private ObjectNode reply(String requests, Address address) {
    String key = names.key(requests + ".reply");
    ObjectNode channel = channels.putObject(key);
    channel.set("address", NODES.nullNode());
    ObjectNode messages = channel.putObject("messages");
    messages.set("reply", message(requests, "reply", address, address.reply()));
    messages.set("failure", reference(FAILURE));
    ObjectNode reply = NODES.objectNode();
    reply.set("channel", reference("#/channels/" + key));
    reply
        .putArray("messages")
        .add(reference("#/channels/" + key + "/messages/reply"))
        .add(reference("#/channels/" + key + "/messages/failure"));
    return reply;
  }

  private void broadcast(PluginDescriptor plugin, Address address) {
    String known = broadcasts.get(address.address());
    String key = known == null ? names.key(address.address()) : known;
    ObjectNode messages =
        known == null ? channel(key, address) : (ObjectNode) channels.path(key).path("messages");
    broadcasts.put(address.address(), key);
    messages.set(plugin.id(), message(key, "broadcast." + plugin.id(), address, address.request()));
    ObjectNode operation = operation(key + "." + plugin.id(), key, "send", plugin, address);
    operation.putArray("messages").add(reference("#/channels/" + key + "/messages/" + plugin.id()));
    operation.put("description", "Who may register here, the permission rules of the server say.");
  }

  /** Makes a channel, and returns the place for its messages. */
  private ObjectNode channel(String key, Address address) {
    ObjectNode channel = channels.putObject(key);
    channel.put("summary", address.summary());
    ObjectNode parameters = NODES.objectNode();
    channel.put("address", AsyncApiPattern.expression(address.address(), parameters));
    if (!parameters.isEmpty()) {
      channel.put("x-drawbridge-address", address.address()).set("parameters", parameters);
    }
    return channel.putObject("messages");
  }

  private ObjectNode operation(
      String key, String channel, String action, PluginDescriptor plugin, Address address) {
    ObjectNode operation = operations.putObject(key);
    operation.put("action", action).put("summary", address.summary());
    operation.set("channel", reference("#/channels/" + channel));
    operation.put("x-drawbridge-plugin", plugin.id());
    return operation;
  }

  private ObjectNode message(String key, String use, Address address, @Nullable JsonNode schema) {
    String name = key + "." + use;
    String place = "#/components/schemas/" + name;
    JsonNode root = schema == null ? BooleanNode.TRUE : schema;
    schemas.set(name, new AsyncApiSchema(root, place).write());
    ObjectNode message = NODES.objectNode().put("name", name);
    message.set("payload", reference(place));
    JsonNode example = address.example();
    if (example != null && !use.equals("reply") && passes(address, example)) {
      ArrayNode examples = message.putArray("examples");
      examples.addObject().set("payload", example);
    }
    return message;
  }

  /** The validator refuses a document whose example breaks its schema. */
  private static boolean passes(Address address, JsonNode example) {
    return example.isObject()
        && (address.body() == null
            || address.body().violation(new JsonObject(example.toString())) == null);
  }

  private static ObjectNode reference(String place) {
    return NODES.objectNode().put("$ref", place);
  }
}
