package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the TypeScript types of what runs: for each address what is sent there and what comes
 * back, and {@code Plugins}, by which the client's {@code connect} knows them all.
 */
public final class TypeScriptTypes {

  private static final String HEAD =
      """
      // What the plugins of this server take, answer and publish, as their descriptors say. The
      // server writes it at /client/types.d.ts: fetch it again after a deployment.
      //
      //   import { connect } from './drawbridge.js';
      //   import type { Plugins } from './types.js';
      //   const bridge = connect<Plugins>('/eventbus');

      """;

  private static final String FOOT =
      """

      /** All of it, for `connect`. */
      export interface Plugins {
        requests: Requests;
        events: Events;
        broadcasts: Broadcasts;
      }
      """;

  /** One line of a map: an address, and what is said of it. */
  private record Entry(String address, String words, Set<String> types) {}

  private final AddressNames names = new AddressNames();
  private final StringBuilder types = new StringBuilder();
  private final List<Entry> requests = new ArrayList<>();
  private final List<Entry> events = new ArrayList<>();
  private final Map<String, Entry> broadcasts = new LinkedHashMap<>();

  private TypeScriptTypes() {
    List.of("Requests", "Events", "Broadcasts", "Plugins").forEach(names::type);
  }

  /** Writes the text of a {@code .d.ts} file. */
  public static String document(List<PluginDescriptor> running) {
    var written = new TypeScriptTypes();
    running.stream()
        .sorted(Comparator.comparing(PluginDescriptor::id))
        .flatMap(plugin -> plugin.addresses().stream())
        .forEach(written::address);
    return written.text();
  }

  private void address(Address address) {
    String body = declare(address, word(address.kind()), address.request());
    switch (address.kind()) {
      case REQUEST -> {
        String reply = declare(address, "Reply", address.reply());
        String both = "{ body: " + body + "; reply: " + reply + " }";
        requests.add(new Entry(address.address(), address.summary(), Set.of(both)));
      }
      case EVENT -> events.add(new Entry(address.address(), address.summary(), Set.of(body)));
      case BROADCAST ->
          broadcasts
              .computeIfAbsent(
                  TypeScriptText.key(address.address()),
                  key -> new Entry(address.address(), address.summary(), new LinkedHashSet<>()))
              .types()
              .add(body);
    }
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case REQUEST -> "Request";
      case EVENT -> "Event";
      case BROADCAST -> "Broadcast";
    };
  }

  private String declare(Address address, String use, @Nullable JsonNode schema) {
    String name = names.type(address.address(), use);
    if (schema == null || schema.asBoolean()) {
      types.append("export type " + name + " = " + TypeScriptSchema.ANY_OBJECT + ";\n");
    } else {
      String words = schema.path("description").asText("");
      types.append(new TypeScriptSchema(schema, name, names).declarations(words));
    }
    return name;
  }

  private String text() {
    return HEAD
        + types
        + map("Requests", "What may be asked, and what is answered.", requests)
        + map("Events", "What may be told without an answer.", events)
        + map("Broadcasts", "What is published, for those who register.", met())
        + FOOT;
  }

  /** An address that two patterns stand for may carry what either says. */
  private List<Entry> met() {
    var met = new ArrayList<Entry>();
    for (Entry each : broadcasts.values()) {
      var all = new LinkedHashSet<String>();
      broadcasts.values().stream()
          .filter(other -> AddressPattern.mayMeet(each.address(), other.address()))
          .forEach(other -> all.addAll(other.types()));
      met.add(new Entry(each.address(), each.words(), all));
    }
    return met;
  }

  private static String map(String name, String words, List<Entry> entries) {
    var map = new StringBuilder("\n" + TypeScriptText.comment(words, ""));
    map.append("export interface ").append(name).append(" {\n");
    for (Entry entry : entries) {
      map.append(TypeScriptText.comment(entry.words(), "  "));
      map.append("  ").append(TypeScriptText.key(entry.address())).append(": ");
      map.append(String.join(" | ", entry.types())).append(";\n");
    }
    return map.append("}\n").toString();
  }
}
