package io.drawbridge.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/** One log event as one short line for a person: no stack trace, no control characters. */
final class TerminalLines extends EncoderBase<ILoggingEvent> {

  private static final int LENGTH = 400;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final byte[] NOTHING = {};

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
    var line = new StringBuilder(event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.append(": ").append(event.getFormattedMessage());
    boolean explained = false;
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.append(' ').append(pair.key).append('=').append(pair.value);
        explained |= pair.key.equals("error");
      }
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null && !explained) {
      line.append(": ").append(thrown.getMessage());
    }
    return (clean(line.toString()) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String clean(String text) {
    return UNPRINTABLE.matcher(JsonLines.capped(text, LENGTH)).replaceAll(" ");
  }
}
