package io.drawbridge.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {

  private static final String NASTY = "a\r\nlevel\":\"INFO\u001b[31m\u0085\u202e\u0000z";

  private final LoggerContext context = new LoggerContext();

  @Test
  void whatAClientSentCannotBeginALineOrColourATerminal() {
    String line = json(event("refused", new KeyValuePair("address", NASTY)));

    assertThat(line).endsWith("\n").hasLineCount(1).matches("[\\x20-\\x7e]+\n");
    assertThat(new JsonObject(line).getString("address")).isEqualTo(NASTY);
  }

  @Test
  void aLongValueIsCut() {
    String line = json(event("refused", new KeyValuePair("reason", "x".repeat(100_000))));

    assertThat(line.length()).isLessThan(2_500);
  }

  @Test
  void aStackTraceStaysOnItsLine() {
    LoggingEvent event = event("plugin failed");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("no\nreason")));

    String line = json(event);

    assertThat(line).hasLineCount(1);
    assertThat(new JsonObject(line).getString("trace")).contains("LogLinesTest");
  }

  @Test
  void aPersonGetsOneShortLineWithoutAStackTrace() {
    LoggingEvent event = event("plugin failed", new KeyValuePair("plugin", NASTY));
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("no key")));

    String line = new String(new TerminalLines().encode(event), StandardCharsets.UTF_8);

    assertThat(line).isEqualTo("warn: plugin failed plugin=a level\":\"INFO [31m z: no key\n");
  }

  private String json(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }

  private LoggingEvent event(String message, KeyValuePair... pairs) {
    LoggingEvent event =
        new LoggingEvent("here", context.getLogger("test"), Level.WARN, message, null, null);
    event.setKeyValuePairs(List.of(pairs));
    return event;
  }
}
