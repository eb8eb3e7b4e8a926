package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawbridge.config.SchemaCheck;
import io.drawbridge.permission.Decision;
import io.vertx.core.ThreadingModel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code META-INF/drawbridge/plugin.json} says, checked, with defaults where it is silent.
 *
 * @param verticle the name of its {@link io.drawbridge.plugin.HandlerVerticle}
 * @param settings the schema of its settings
 * @param needs what it must be lent; {@code database} is the one thing there is
 */
public record PluginDescriptor(
    String id,
    String version,
    String verticle,
    ThreadingModel threading,
    int instances,
    SchemaCheck settings,
    Set<String> needs,
    List<Address> addresses) {

  /** Where a descriptor lies in its jar. */
  public static final String ENTRY = "META-INF/drawbridge/plugin.json";

  /** The versions of the plugin API that this host offers: major, and the highest minor. */
  public static final int API_MAJOR = 1;

  public static final int API_MINOR = 0;

  public static final String DATABASE = "database";

  public PluginDescriptor {
    needs = Set.copyOf(needs);
    addresses = List.copyOf(addresses);
  }

  /** How an address is used. */
  public enum Kind {
    /** The plugin answers. */
    REQUEST,
    /** The plugin listens and answers nothing. */
    EVENT,
    /** The plugin publishes there; the address may be a pattern. */
    BROADCAST
  }

  /**
   * One address of a plugin.
   *
   * @param authority what a browser needs in order to send there where no rule of ops matches; null
   *     opens it to nobody
   * @param body checks bodies; null where any object will do
   * @param replies checks replies, or null; nobody asks it, but the next version mostly brings the
   *     same, which then is known to be in order
   * @param request the schema of bodies as it was written, or null
   * @param reply the schema of replies as it was written, or null
   * @param example a body that passes, or null
   */
  public record Address(
      String address,
      Kind kind,
      String summary,
      @Nullable String authority,
      Decision.@Nullable BodySchema body,
      Decision.@Nullable BodySchema replies,
      @Nullable JsonNode request,
      @Nullable JsonNode reply,
      @Nullable JsonNode example) {}

  /** The addresses that the plugin has handlers for, in the descriptor's order. */
  public List<Address> served() {
    return addresses.stream().filter(address -> address.kind() != Kind.BROADCAST).toList();
  }

  /** The patterns of the addresses that the plugin publishes to. */
  public List<AddressPattern> broadcasts() {
    return addresses.stream()
        .filter(address -> address.kind() == Kind.BROADCAST)
        .map(address -> new AddressPattern(address.address()))
        .toList();
  }
}
