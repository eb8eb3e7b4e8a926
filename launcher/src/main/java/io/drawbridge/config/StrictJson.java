package io.drawbridge.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a JSON object to the letter of RFC 8259, or says in which line it isn't one. */
public final class StrictJson {

  static final int MOST_BYTES = 4 << 20;

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxDocumentLength(MOST_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private StrictJson() {}

  /**
   * Reads a file's content.
   *
   * @throws ConfigException with the one mistake that reading stopped at
   */
  public static ObjectNode read(byte[] content, String file) {
    try (JsonParser parser = MAPPER.getFactory().createParser(content)) {
      return read(parser, content, file);
    } catch (IOException unreadable) {
      throw mistake(
          file, "", "can't be read (" + unreadable.getMessage() + ")", "Look at the file");
    }
  }

  private static ObjectNode read(JsonParser parser, byte[] content, String file)
      throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(parser);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw mistake(
          file,
          "",
          tree == null || tree.isMissingNode() ? "is empty" : "doesn't hold an object",
          "Write one object, from { to }");
    } catch (JsonProcessingException broken) {
      throw broken(broken, parser, content, file);
    }
  }

  private static ConfigException broken(
      JsonProcessingException broken, JsonParser parser, byte[] content, String file) {
    JsonLocation place = broken.getLocation();
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    Complaint complaint =
        SyntaxSentences.of(
            broken.getOriginalMessage(), new String(content, StandardCharsets.UTF_8));
    String where = "";
    if (place != null && place.getLineNr() > 0) {
      where = "line " + place.getLineNr() + ", column " + Math.max(1, place.getColumnNr()) + ": ";
    }
    return new ConfigException(
        List.of(new Mistake(file, pointer, where + complaint.problem(), complaint.suggestion())));
  }

  private static ConfigException mistake(
      String file, String pointer, String problem, String suggestion) {
    return new ConfigException(List.of(new Mistake(file, pointer, problem, suggestion)));
  }
}
