package io.drawbridge.bridge.transport;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a SockJS client sends: a JSON array of strings, or one string alone. */
final class SockJsMessages {

  /** The payload is no array of strings. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String reason) {
      super(reason, null, false, false);
    }
  }

  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private SockJsMessages() {}

  /** The strings in their order, as UTF-8. */
  static List<Buffer> read(byte[] payload) throws BrokenException {
    if (!Utf8.valid(payload)) {
      throw new BrokenException("not UTF-8");
    }
    try (JsonParser parser = JSON.createParser(payload)) {
      List<Buffer> messages = read(parser);
      if (parser.nextToken() != null) {
        throw new BrokenException("something follows the messages");
      }
      return messages;
    } catch (JsonProcessingException e) {
      throw new BrokenException("not JSON");
    } catch (IOException e) {
      throw new BrokenException("not readable");
    }
  }

  private static List<Buffer> read(JsonParser parser) throws IOException, BrokenException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.VALUE_STRING) {
      return List.of(utf8(parser.getText()));
    }
    if (first != JsonToken.START_ARRAY) {
      throw new BrokenException("not an array of strings");
    }
    List<Buffer> messages = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_STRING) {
        throw new BrokenException("not an array of strings");
      }
      messages.add(utf8(parser.getText()));
    }
    return messages;
  }

  /** Half a surrogate pair becomes U+FFFD, as when a browser sends it through a WebSocket. */
  private static Buffer utf8(String text) throws CharacterCodingException {
    var bytes =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(REPLACEMENT)
            .encode(CharBuffer.wrap(text));
    byte[] exact = new byte[bytes.remaining()];
    bytes.get(exact);
    return Buffer.buffer(exact);
  }
}
