package io.drawbridge.pluginhost.contract;

import io.drawbridge.config.ConfigException;
import io.drawbridge.config.Mistake;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a plugin does not run: one line that names the place, what is wrong there and the remedy. */
public final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private boolean passing;

  public PluginException(String file, String pointer, String problem, String remedy) {
    this(file, pointer, problem, remedy, null);
  }

  public PluginException(
      String file, String pointer, String problem, String remedy, @Nullable Throwable cause) {
    super(new Mistake(file, pointer, problem, remedy).toString(), cause);
  }

  /** The same, where the plugin is in order and only the moment is wrong. */
  public PluginException passing() {
    passing = true;
    return this;
  }

  /** Whether the same may be asked again, once what the line names has been dealt with. */
  public boolean isPassing() {
    return passing;
  }

  /** Nobody knows the plugin. */
  public static PluginException unknown(String id) {
    return new PluginException(
        "plugin " + id, "", "is unknown here", "Look at the listing for the right id");
  }

  /** The failure in one line, whoever threw it. */
  public static String lineOf(Throwable failure) {
    return line(text(failure));
  }

  private static String text(Throwable failure) {
    if (failure instanceof ConfigException config) {
      return sentences(config.mistakes());
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getName();
    }
    return failure instanceof PluginException
        ? message
        : failure.getClass().getSimpleName() + ": " + message;
  }

  private static String sentences(List<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::toString).collect(Collectors.joining("; "));
  }

  private static String line(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }

  /** Whether the line says it all, so that the log needs no stack trace. */
  public static boolean explains(Throwable failure) {
    return (failure instanceof PluginException && failure.getCause() == null)
        || failure instanceof ConfigException;
  }
}
