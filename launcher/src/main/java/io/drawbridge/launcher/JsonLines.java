package io.drawbridge.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/**
 * One log event as one line of JSON in plain ASCII: whatever a client managed to get into it, no
 * line break, escape sequence or right-to-left mark reaches a file or a terminal, and no line grows
 * without bound.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  private static final int TEXT_LENGTH = 2_000;
  private static final int TRACE_LENGTH = 16_000;
  private static final byte[] NOTHING = {};

  private final JsonFactory json =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new ByteArrayOutputStream(256);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("at", event.getInstant().toString());
      out.writeStringField("level", event.getLevel().toString());
      out.writeStringField("logger", event.getLoggerName());
      out.writeStringField("message", capped(event.getFormattedMessage(), TEXT_LENGTH));
      writePairs(event.getKeyValuePairs(), out);
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        out.writeStringField("trace", capped(ThrowableProxyUtil.asString(thrown), TRACE_LENGTH));
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static void writePairs(List<KeyValuePair> pairs, JsonGenerator out) throws IOException {
    if (pairs == null) {
      return;
    }
    for (KeyValuePair pair : pairs) {
      if (pair.value instanceof Long || pair.value instanceof Integer) {
        out.writeNumberField(pair.key, ((Number) pair.value).longValue());
      } else {
        out.writeStringField(pair.key, capped(String.valueOf(pair.value), TEXT_LENGTH));
      }
    }
  }

  static String capped(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
