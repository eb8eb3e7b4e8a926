package io.drawbridge.ops;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** A logger whose lines can be read back as {@code message key=value key=value}. */
final class Recorded {

  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Logger logger;

  Recorded() {
    LoggerContext context = new LoggerContext();
    logger = context.getLogger("audit");
    events.setContext(context);
    events.start();
    logger.addAppender(events);
  }

  org.slf4j.Logger logger() {
    return logger;
  }

  List<String> lines() {
    return events.list.stream().map(Recorded::line).toList();
  }

  private static String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(event.getFormattedMessage());
    for (KeyValuePair pair : event.getKeyValuePairs()) {
      line.append(' ').append(pair.key).append('=').append(pair.value);
    }
    return line.toString();
  }
}
