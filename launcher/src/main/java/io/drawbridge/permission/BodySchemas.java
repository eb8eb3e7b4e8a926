package io.drawbridge.permission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchemaException;
import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import io.drawbridge.config.SchemaFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles schemas of bodies: the files of permission rules, each once, and those of plugins. */
public final class BodySchemas {

  private static final List<String> OF_OBJECTS =
      List.of("properties", "required", "additionalProperties");
  private static final Set<String> ELSEWHERE =
      Set.of("type", "$ref", "allOf", "anyOf", "oneOf", "const", "enum");

  private final Map<Path, CompiledSchema> known = new HashMap<>();

  /**
   * Reads a file.
   *
   * @throws ConfigException if it holds no schema that can be used
   */
  CompiledSchema read(Path file) {
    CompiledSchema compiled = known.get(file);
    if (compiled == null) {
      compiled = compileFile(file, SchemaFile.read(file));
      known.put(file, compiled);
    }
    return compiled;
  }

  /**
   * Compiles a schema.
   *
   * @param name what a person would call it
   * @throws ConfigException if it can't be used
   */
  public static Decision.BodySchema compile(String name, JsonNode source) {
    return checked(name, source);
  }

  private static CompiledSchema compileFile(Path file, JsonNode source) {
    if (OF_OBJECTS.stream().anyMatch(source::has) && ELSEWHERE.stream().noneMatch(source::has)) {
      throw mistake(
          file.toString(),
          "describes an object, but lets null, strings and numbers pass",
          "Add \"type\": \"object\"");
    }
    return checked(file.toString(), source);
  }

  private static CompiledSchema checked(String name, JsonNode source) {
    List<Mistake> patterns = SchemaPatterns.mistakes(name, source);
    if (!patterns.isEmpty()) {
      throw new ConfigException(patterns);
    }
    try {
      CompiledSchema schema = CompiledSchema.of(source);
      probe(schema);
      return schema;
    } catch (JsonSchemaException broken) {
      throw mistake(
          name,
          "can't be used: " + broken.getMessage(),
          "References must stay within the file; nothing is fetched");
    } catch (StackOverflowError endless) {
      throw mistake(name, "refers to itself without end", "Break the circle of $ref");
    }
  }

  /** A schema that refers to itself without taking a step does so for any body. */
  private static void probe(CompiledSchema schema) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    schema.check(nodes.nullNode());
    schema.check(nodes.objectNode());
    schema.check(nodes.arrayNode());
    schema.check(nodes.textNode(""));
  }

  private static ConfigException mistake(String name, String problem, String suggestion) {
    return new ConfigException(List.of(new Mistake(name, "", problem, suggestion)));
  }
}
