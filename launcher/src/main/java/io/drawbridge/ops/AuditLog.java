package io.drawbridge.ops;

import io.drawbridge.bridge.BridgeListener;
import io.drawbridge.pluginhost.Deployment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Who was refused what, who signed in, who used the admin API: one line each, never a body or a
 * token. At most so many lines a second, whatever an attacker does; how many were left out is said
 * by a line of its own in a later second. Thread-safe; never blocks.
 */
public final class AuditLog implements BridgeListener {

  private final Logger logger;
  private final int perSecond;
  private final LongSupplier nanoClock;
  private final AtomicLong second = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();

  public AuditLog(Logger logger, int perSecond) {
    this(logger, perSecond, System::nanoTime);
  }

  AuditLog(Logger logger, int perSecond, LongSupplier nanoClock) {
    this.logger = logger;
    this.perSecond = perSecond;
    this.nanoClock = nanoClock;
  }

  @Override
  public void refused(
      Source source, String word, int code, @Nullable String address, String reason) {
    if (admit()) {
      line(source)
          .addKeyValue("address", address == null ? "" : address)
          .addKeyValue("code", code)
          .addKeyValue("reason", reason)
          .log("refused: " + word);
    }
  }

  @Override
  public void closing(Source source, int code, String reason) {
    if (admit()) {
      line(source).addKeyValue("code", code).addKeyValue("reason", reason).log("closed by us");
    }
  }

  /** Somebody tried to sign in. */
  public void signIn(String subject, String remoteAddress, int status) {
    if (admit()) {
      logger
          .atInfo()
          .addKeyValue("subject", subject)
          .addKeyValue("remote", remoteAddress)
          .addKeyValue("status", status)
          .log("sign-in");
    }
  }

  /**
   * Somebody called the admin API or asked for the metrics, with this HTTP status as the answer.
   */
  public void adminCall(String subject, String remoteAddress, String path, int status) {
    if (admit()) {
      logger
          .atInfo()
          .addKeyValue("subject", subject)
          .addKeyValue("remote", remoteAddress)
          .addKeyValue("path", path)
          .addKeyValue("status", status)
          .log("admin call");
    }
  }

  /** What runs has changed, or was to and did not. */
  public void deployment(Deployment change) {
    if (admit()) {
      var line =
          logger
              .atInfo()
              .addKeyValue("subject", change.by())
              .addKeyValue("plugin", change.plugin());
      if (change.version() != null && change.sha256() != null) {
        line = line.addKeyValue("version", change.version()).addKeyValue("sha256", change.sha256());
      }
      if (change.error() != null) {
        line = line.addKeyValue("error", change.error());
      }
      line.log(
          (change.error() == null ? "plugin change: " : "plugin change refused: ")
              + change.action());
    }
  }

  private LoggingEventBuilder line(Source source) {
    return logger
        .atInfo()
        .addKeyValue("subject", source.subject().name())
        .addKeyValue("session", source.session())
        .addKeyValue("transport", source.transport())
        .addKeyValue("remote", source.remoteAddress());
  }

  /** Whether there is room for one more line in this second. */
  private boolean admit() {
    long now = nanoClock.getAsLong() / 1_000_000_000L;
    long then = second.get();
    if (now != then && second.compareAndSet(then, now)) {
      written.set(0);
      long missing = leftOut.getAndSet(0);
      if (missing > 0) {
        logger.atWarn().addKeyValue("count", missing).log("audit lines left out");
      }
    }
    if (written.incrementAndGet() <= perSecond) {
      return true;
    }
    leftOut.incrementAndGet();
    return false;
  }
}
