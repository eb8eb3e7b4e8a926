package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Writes a plugin's schema as AsyncAPI has them: a superset of draft 07, in one document with all
 * others, so that its references lead through the place where it stands.
 */
final class AsyncApiSchema {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What would give a schema another base for its references than the document. */
  private static final Set<String> LEFT_OUT =
      Set.of("$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary");

  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "dependentSchemas", "$defs", "definitions");
  private static final Set<String> VALUES =
      Set.of("const", "enum", "default", "examples", "dependentRequired");

  /** Names of fields that the tools which read these documents take for something else. */
  private static final Set<String> NO_FIELDS = Set.of("__proto__", "$ref");

  private final SchemaDocument document;
  private final String place;

  /**
   * @param place the reference to where the schema is put
   */
  AsyncApiSchema(JsonNode root, String place) {
    this.document = new SchemaDocument(root);
    this.place = place;
  }

  /** The whole schema, as an object: tools expect no other. */
  ObjectNode write() {
    if (document.root() instanceof ObjectNode root) {
      return schema(root);
    }
    ObjectNode written = NODES.objectNode();
    if (document.root().asBoolean()) {
      return written.put("type", "object");
    }
    written.putObject("not");
    return written;
  }

  private JsonNode schema(JsonNode schema) {
    return schema instanceof ObjectNode object ? schema(object) : schema;
  }

  private ObjectNode schema(ObjectNode schema) {
    ObjectNode written = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      if (!LEFT_OUT.contains(entry.getKey())) {
        put(written, entry.getKey(), entry.getValue());
      }
    }
    items(written, schema);
    return beside(written);
  }

  private void put(ObjectNode written, String keyword, JsonNode value) {
    if (VALUES.contains(keyword)) {
      written.set(keyword, value);
    } else if (MAPS.contains(keyword) && value.isObject()) {
      ObjectNode map = written.putObject(keyword);
      value.properties().forEach(each -> map.set(each.getKey(), schema(each.getValue())));
      map.remove(NO_FIELDS);
    } else if (keyword.equals("$ref")) {
      if (document.target(value.asText()) != null) {
        written.put("$ref", place + value.asText().substring(1));
      }
    } else if (!keyword.startsWith("$dynamic")) {
      written.set(keyword, value.isArray() ? schemas(value) : schema(value));
    }
  }

  private ArrayNode schemas(JsonNode list) {
    ArrayNode written = NODES.arrayNode();
    list.forEach(each -> written.add(schema(each)));
    return written;
  }

  /** What draft 07 calls otherwise; the new name stays for references and newer tools. */
  private void items(ObjectNode written, JsonNode schema) {
    JsonNode first = written.get("prefixItems");
    if (first != null) {
      JsonNode rest = written.remove("items");
      written.set("items", first);
      if (rest != null) {
        written.set("additionalItems", rest);
      }
    }
    if (schema.has("dependentRequired")) {
      written.set("dependencies", schema.get("dependentRequired"));
    }
  }

  /** In draft 07 what stands beside a reference does not count. */
  private static ObjectNode beside(ObjectNode written) {
    if (!written.has("$ref") || written.size() == 1) {
      return written;
    }
    JsonNode reference = written.remove("$ref");
    ArrayNode all = written.withArray("allOf");
    all.add(NODES.objectNode().set("$ref", reference));
    return written;
  }
}
