package io.drawbridge.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.resource.AllowSchemaLoader;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks settings against a JSON Schema (2020-12) and says every mistake for a person, with the
 * nearest right key for a misspelt one. Thread-safe.
 */
public final class SchemaCheck {

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .pathType(PathType.JSON_POINTER)
          .formatAssertionsEnabled(true)
          .locale(Locale.ENGLISH)
          .build();

  private static final JsonSchemaFactory FACTORY = factory();

  private final ObjectNode source;
  private final JsonSchema schema;

  private SchemaCheck(ObjectNode source) {
    this.source = source;
    this.schema = FACTORY.getSchema(source, CONFIG);
    this.schema.initializeValidators();
  }

  /**
   * Compiles somebody's schema. Where it describes an object's properties and says nothing of
   * others, others are refused.
   *
   * @param name what a person would call the schema, such as the file it came from
   * @throws ConfigException if it isn't a JSON Schema
   */
  public static SchemaCheck of(JsonObject schema, String name) {
    return of(Trees.of(schema), name);
  }

  static SchemaCheck of(ObjectNode schema, String name) {
    List<Mistake> mistakes = MetaSchema.mistakes(schema, name);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    ObjectNode closed = schema.deepCopy();
    ClosedObjects.close(closed);
    try {
      return new SchemaCheck(closed);
    } catch (JsonSchemaException broken) {
      throw new ConfigException(
          List.of(
              new Mistake(
                  name,
                  "",
                  "is no usable JSON Schema: " + sentence(broken.getMessage()),
                  "Keep what it refers to in the schema itself, under $defs")));
    }
  }

  private static String sentence(@Nullable String message) {
    return message == null ? "it can't be read" : message.replaceAll("\\.+$", "");
  }

  /** Our own schema, which a test has checked. */
  static SchemaCheck trusted(ObjectNode schema) {
    return new SchemaCheck(schema);
  }

  /** All that is wrong with a document, in its order. */
  public List<Mistake> mistakes(JsonObject document, String file) {
    return mistakes(Trees.of(document), file, Set.of());
  }

  /** The document with the schema's defaults where it is silent. */
  public JsonObject withDefaults(JsonObject document) {
    ObjectNode tree = Trees.of(document);
    SchemaDefaults.fill(tree, source);
    return Trees.of(tree);
  }

  /**
   * All that is wrong with a document.
   *
   * @param filled the pointers of strings whose content must not be shown
   */
  List<Mistake> mistakes(JsonNode document, String file, Set<String> filled) {
    var sentences = new SchemaSentences(source, file, filled);
    return sentences.of(schema.validate(document));
  }

  /** Fetches nothing: a schema can refer to itself and to the drafts of JSON Schema. */
  private static JsonSchemaFactory factory() {
    var dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012());
    dialect.keyword(new NonValidationKeyword("x-notYet"));
    Formats.names().forEach(name -> dialect.format(new NamedFormat(name)));
    return JsonSchemaFactory.getInstance(
        VersionFlag.V202012,
        builder ->
            builder
                .metaSchema(dialect.build())
                .schemaLoaders(
                    loaders ->
                        loaders.add(
                            new AllowSchemaLoader(
                                iri -> iri.toString().startsWith("classpath:draft/")))));
  }

  private record NamedFormat(String name) implements com.networknt.schema.Format {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean matches(com.networknt.schema.ExecutionContext context, String value) {
      return Formats.complaint(name, value) == null;
    }
  }

  /** Tells whether a schema is one. */
  private static final class MetaSchema {
    private static final JsonSchema SCHEMA =
        FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG);

    static List<Mistake> mistakes(ObjectNode schema, String name) {
      return new SchemaSentences(StrictJson.MAPPER.createObjectNode(), name, Set.of())
          .of(SCHEMA.validate(schema));
    }
  }
}
