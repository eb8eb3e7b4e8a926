package io.drawbridge.config;

import java.util.List;
import java.util.stream.Collectors;

/** Says that settings can't be used; its message lists every mistake, one a line, for a person. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  public ConfigException(List<Mistake> mistakes) {
    super(list(mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** All that is wrong, in the order of the files. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  private static String list(List<Mistake> mistakes) {
    if (mistakes.size() == 1) {
      return mistakes.get(0).toString();
    }
    return mistakes.stream()
        .map(mistake -> "\n  " + mistake)
        .collect(Collectors.joining("", mistakes.size() + " mistakes in the settings:", ""));
  }
}
