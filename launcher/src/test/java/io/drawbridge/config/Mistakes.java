package io.drawbridge.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What reading settings complains of, as the lines that a person sees. */
final class Mistakes {

  private Mistakes() {}

  static List<String> in(String json) {
    return in(json, Path.of("conf"), Map.of());
  }

  static List<String> in(String json, Path directory, Map<String, String> environment) {
    return of(() -> SettingsReader.read(json, directory, environment));
  }

  static List<String> of(ThrowingCallable reading) {
    var refused = catchThrowableOfType(ConfigException.class, reading);
    return refused == null ? List.of() : lines(refused.mistakes());
  }

  static List<String> lines(List<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::toString).toList();
  }
}
