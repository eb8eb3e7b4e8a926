package io.drawbridge.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import org.jspecify.annotations.Nullable;

/**
 * A compiled JSON Schema of a descriptor: for its own text, a plugin's settings, or the bodies of
 * an address. Thread-safe. It fetches nothing: a schema refers to itself or to the standard's own.
 */
final class JsonCheck {

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).failFast(true).build();

  private final JsonSchema schema;

  private JsonCheck(JsonSchema schema) {
    this.schema = schema;
  }

  /**
   * Compiles a schema.
   *
   * @throws RuntimeException if it is none
   */
  static JsonCheck compile(JsonNode text) {
    JsonSchema schema = factory().getSchema(text, CONFIG);
    schema.initializeValidators();
    return new JsonCheck(schema);
  }

  private static JsonSchemaFactory factory() {
    return JsonSchemaFactory.getInstance(
        VersionFlag.V202012,
        builder ->
            builder.schemaLoaders(
                loaders -> loaders.values(list -> list.add(DisallowSchemaLoader.getInstance()))));
  }

  /** Null if the value passes, else the pointer to the first fault and what is wrong there. */
  @Nullable String violation(JsonNode value) {
    for (ValidationMessage fault : schema.validate(value)) {
      String pointer = fault.getInstanceLocation().toString();
      return (pointer.isEmpty() ? "/" : pointer) + " " + fault.getError();
    }
    return null;
  }
}
