package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Whether no value can pass two of some schemas, so that {@code oneOf} is {@code anyOf}. */
final class Alternatives {

  private Alternatives() {}

  static boolean disjoint(SchemaDocument document, JsonNode alternatives) {
    var flat = new ArrayList<JsonNode>();
    alternatives.forEach(each -> flat.add(SchemaParts.flat(document, each)));
    for (int i = 0; i < flat.size(); i++) {
      for (JsonNode other : flat.subList(i + 1, flat.size())) {
        if (!disjoint(document, flat.get(i), other)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean disjoint(SchemaDocument document, JsonNode one, JsonNode other) {
    return SchemaTypes.common(SchemaTypes.of(one), SchemaTypes.of(other)).isEmpty()
        || differ(one, other)
        || StreamSupport.stream(one.path("required").spliterator(), false)
            .anyMatch(name -> told(document, one, other, name));
  }

  /** Whether a field that both require tells one from the other. */
  private static boolean told(
      SchemaDocument document, JsonNode one, JsonNode other, JsonNode name) {
    boolean both =
        StreamSupport.stream(other.path("required").spliterator(), false).anyMatch(name::equals);
    return both && differ(field(document, one, name), field(document, other, name));
  }

  private static JsonNode field(SchemaDocument document, JsonNode schema, JsonNode name) {
    return SchemaParts.flat(document, schema.path("properties").path(name.asText()));
  }

  private static boolean differ(JsonNode one, JsonNode other) {
    List<JsonNode> values = SchemaTypes.values(one);
    List<JsonNode> others = SchemaTypes.values(other);
    return values != null
        && others != null
        && values.stream()
            .map(SchemaForm::plain)
            .noneMatch(value -> others.stream().map(SchemaForm::plain).anyMatch(value::equals));
  }
}
