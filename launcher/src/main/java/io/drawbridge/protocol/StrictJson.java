package io.drawbridge.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value (RFC 8259) from UTF-8, refusing what decoders disagree about: duplicate
 * keys, lone surrogates, anything after the value, too deep a nesting.
 */
final class StrictJson {

  /** Digits of the longest number; a double has at most 17 that matter. */
  private static final int MAX_NUMBER = 400;

  /** Only an escape can smuggle a lone surrogate into valid UTF-8. */
  private final boolean escapes;

  private final JsonParser parser;

  private StrictJson(JsonParser parser, boolean escapes) {
    this.parser = parser;
    this.escapes = escapes;
  }

  /** What makes parsers that follow these rules; {@code nesting} counts the outermost object. */
  static JsonFactory factory(int nesting) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(nesting)
                .maxNumberLength(MAX_NUMBER)
                .build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .build();
  }

  /**
   * Reads an object; maps and lists inside stay maps and lists.
   *
   * @throws IOException if the bytes are no JSON object
   */
  static Map<String, @Nullable Object> readObject(JsonFactory factory, byte[] utf8)
      throws IOException {
    try (JsonParser parser = factory.createParser(utf8)) {
      StrictJson reader = new StrictJson(parser, contains(utf8, (byte) '\\'));
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      Map<String, @Nullable Object> object = reader.object();
      if (parser.nextToken() != null) {
        throw new IOException("something follows the object");
      }
      return object;
    }
  }

  private @Nullable Object value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected token");
    };
  }

  private Map<String, @Nullable Object> object() throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      text(name);
      parser.nextToken();
      object.put(name, value());
    }
    return object;
  }

  private List<@Nullable Object> array() throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }

  private String text(String text) throws IOException {
    if (escapes && hasLoneSurrogate(text)) {
      throw new IOException("lone surrogate");
    }
    return text;
  }

  private static boolean hasLoneSurrogate(String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return true;
      }
      i += Character.charCount(codePoint);
    }
    return false;
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
