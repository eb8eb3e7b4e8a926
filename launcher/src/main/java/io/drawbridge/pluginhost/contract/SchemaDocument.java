package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema as it was written, within which its references mean something. */
record SchemaDocument(JsonNode root) {

  /** What a reference names, or null if it can't be told. */
  @Nullable JsonNode target(String reference) {
    if (reference.equals("#")) {
      return root;
    }
    JsonNode found = reference.startsWith("#/") ? root.at(pointer(reference)) : null;
    return found == null || found.isMissingNode() ? null : found;
  }

  /** The JSON pointer that a reference is. */
  static String pointer(String reference) {
    try {
      return URI.create(reference).getFragment();
    } catch (IllegalArgumentException unescaped) {
      return reference.substring(1);
    }
  }

  /** Whether a schema of ours and one of another document let the same through. */
  boolean same(JsonNode ours, SchemaDocument other, JsonNode theirs) {
    return same(SchemaForm.of(ours), other, SchemaForm.of(theirs), new HashSet<>());
  }

  private boolean same(JsonNode ours, SchemaDocument other, JsonNode theirs, Set<String> seen) {
    return ours.equals(theirs)
        && SchemaForm.references(ours).stream()
            .filter(seen::add)
            .allMatch(reference -> sameTarget(reference, other, seen));
  }

  private boolean sameTarget(String reference, SchemaDocument other, Set<String> seen) {
    JsonNode ours = target(reference);
    JsonNode theirs = other.target(reference);
    if (ours == null || theirs == null) {
      return root.equals(other.root());
    }
    return same(SchemaForm.of(ours), other, SchemaForm.of(theirs), seen);
  }
}
