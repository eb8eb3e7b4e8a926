package io.drawbridge.launcher;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAware;
import ch.qos.logback.core.spi.LifeCycle;
import ch.qos.logback.core.util.FileSize;
import io.drawbridge.config.LogsConfig;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go. A command writes warnings to stderr. The server writes JSON lines to {@code
 * logs/server.log} and {@code logs/audit.log} under the data folder, six files of 10 MB each at
 * most, and warnings to stderr too; or everything to stderr as JSON lines, where a container's
 * platform collects them. Whoever logs never waits for a disk: what a full queue can't take is left
 * out.
 */
final class Logs {

  /** The logger that audit lines go to. */
  static final String AUDIT = "audit";

  private Logs() {}

  /** For a command, and for the server until it has its data folder. */
  static void toTerminal() {
    LoggerContext logs = fresh();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(warningsOnStderr(logs));
  }

  static void toFiles(Path directory, LogsConfig bounds) {
    LoggerContext logs = fresh();
    Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(warningsOnStderr(logs));
    root.addAppender(queued(logs, bounds, file(logs, bounds, directory, "server")));
    Logger audit = logs.getLogger(AUDIT);
    audit.setAdditive(false);
    audit.addAppender(queued(logs, bounds, file(logs, bounds, directory, "audit")));
  }

  static void toStderrAsJson(LogsConfig bounds) {
    LoggerContext logs = fresh();
    logs.getLogger(Logger.ROOT_LOGGER_NAME)
        .addAppender(queued(logs, bounds, stderr(logs, started(logs, new JsonLines()))));
  }

  /** Writes what is still queued; the last thing that the process does. */
  static void flush() {
    context().stop();
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static LoggerContext fresh() {
    LoggerContext logs = context();
    logs.reset();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    // Netty and Vert.x warn about what clients do to their connections: not ops' concern.
    logs.getLogger("io.netty").setLevel(Level.WARN);
    // It throws as well, and what it throws is told with the file and the place.
    logs.getLogger("com.networknt").setLevel(Level.OFF);
    return logs;
  }

  private static Appender<ILoggingEvent> warningsOnStderr(LoggerContext logs) {
    ConsoleAppender<ILoggingEvent> stderr = stderr(logs, started(logs, new TerminalLines()));
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setLevel("WARN");
    warnings.start();
    stderr.addFilter(warnings);
    return stderr;
  }

  private static ConsoleAppender<ILoggingEvent> stderr(
      LoggerContext logs, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    return started(logs, stderr);
  }

  private static Appender<ILoggingEvent> file(
      LoggerContext logs, LogsConfig bounds, Path directory, String name) {
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(logs);
    file.setName(name);
    file.setFile(directory.resolve(name + ".log").toString());
    file.setEncoder(started(logs, new JsonLines()));
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setParent(file);
    window.setFileNamePattern(directory.resolve(name + ".%i.log.gz").toString());
    window.setMaxIndex(bounds.files());
    file.setRollingPolicy(started(logs, window));
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setMaxFileSize(new FileSize(bounds.fileBytes()));
    file.setTriggeringPolicy(started(logs, size));
    return started(logs, file);
  }

  private static Appender<ILoggingEvent> queued(
      LoggerContext logs, LogsConfig bounds, Appender<ILoggingEvent> appender) {
    AsyncAppender queue = new AsyncAppender();
    queue.setContext(logs);
    queue.setQueueSize(bounds.queue());
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(appender);
    return started(logs, queue);
  }

  private static <T extends LifeCycle & ContextAware> T started(LoggerContext logs, T part) {
    part.setContext(logs);
    part.start();
    return part;
  }
}
