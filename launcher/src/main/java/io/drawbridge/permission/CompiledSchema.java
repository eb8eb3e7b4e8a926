package io.drawbridge.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.google.re2j.Pattern;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (2020-12) that checks bodies: it stops at the first violation, matches {@code
 * pattern} in linear time and fetches nothing.
 */
record CompiledSchema(JsonSchema schema) implements Decision.BodySchema {

  private static final int LONGEST = 300;

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .regularExpressionFactory(CompiledSchema::linear)
          .failFast(true)
          .locale(Locale.ENGLISH)
          .build();

  /** Compiles a schema, references and patterns included. Throws what the library throws. */
  static CompiledSchema of(JsonNode source) {
    JsonSchema schema = FACTORY.getSchema(source, CONFIG);
    schema.initializeValidators();
    return new CompiledSchema(schema);
  }

  /** RE2 has no look-around and no back references, and so no input that takes it long. */
  private static RegularExpression linear(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return value -> pattern.matcher(value).find();
  }

  @Override
  public @Nullable String violation(@Nullable Object body) {
    return check(body == null ? NullNode.getInstance() : BodyNodes.of(body));
  }

  @Nullable String check(JsonNode body) {
    Set<ValidationMessage> found = schema.validate(body);
    Iterator<ValidationMessage> first = found.iterator();
    return first.hasNext() ? sentence(first.next()) : null;
  }

  /** The library points at the object that a property lacks; we point at the property. */
  private static String sentence(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    String property = message.getProperty();
    String place =
        property == null ? pointer : pointer + "/" + property.replace("~", "~0").replace("/", "~1");
    String problem = "required".equals(message.getType()) ? "is missing" : message.getError();
    String sentence = (place.isEmpty() ? "/" : place) + ": " + problem;
    return sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "…" : sentence;
  }
}
