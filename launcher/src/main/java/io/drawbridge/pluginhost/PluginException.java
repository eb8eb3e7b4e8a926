package io.drawbridge.pluginhost;

import org.jspecify.annotations.Nullable;

/** Why a plugin does not run: one line that names the place, what is wrong there and the remedy. */
final class PluginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PluginException(String line) {
    this(line, null);
  }

  PluginException(String line, @Nullable Throwable cause) {
    super(line, cause);
  }

  /** The failure in one line, whoever threw it. */
  static String lineOf(Throwable failure) {
    String message = failure.getMessage();
    boolean ours = failure instanceof PluginException;
    String text =
        message == null || message.isBlank()
            ? failure.getClass().getName()
            : ours ? message : failure.getClass().getSimpleName() + ": " + message;
    return text.replaceAll("\\s*\\R\\s*", " ").strip();
  }
}
