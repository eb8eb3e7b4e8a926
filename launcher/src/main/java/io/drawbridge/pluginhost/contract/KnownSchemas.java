package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that have been checked and compiled, by their content, for as long as a descriptor in use
 * holds them: the next version of a plugin mostly brings the same ones, and compiling is the
 * dearest part of reading it.
 */
final class KnownSchemas<T> {

  private final Map<JsonNode, WeakReference<T>> known = new HashMap<>();

  /** The one of this content, or what the compiler makes of it; what it throws is not kept. */
  T get(JsonNode schema, Supplier<T> compiler) {
    T found = find(schema);
    return found == null ? keep(schema, compiler.get()) : found;
  }

  private synchronized @Nullable T find(JsonNode schema) {
    WeakReference<T> kept = known.get(schema);
    return kept == null ? null : kept.get();
  }

  private synchronized T keep(JsonNode schema, T compiled) {
    known.values().removeIf(each -> each.get() == null);
    known.put(schema, new WeakReference<>(compiled));
    return compiled;
  }
}
