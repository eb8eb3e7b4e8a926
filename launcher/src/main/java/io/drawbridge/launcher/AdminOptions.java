package io.drawbridge.launcher;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server to ask, and how to print what it answers; for every command that asks one. */
final class AdminOptions {

  @Option(names = "--json", description = "prints what the server answers, for scripts")
  boolean json;

  @Option(names = "--url", paramLabel = "URL", description = "asks the server there")
  @Nullable URI url;

  @Option(
      names = "--token",
      paramLabel = "JWT",
      defaultValue = "${env:DRAWBRIDGE_TOKEN}",
      description = "a token that grants drawbridge:admin; with --url (or $DRAWBRIDGE_TOKEN)")
  @Nullable String token;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DRAWBRIDGE_DATA:-data}",
      description = "asks the server of this data folder (default: data)")
  Path data = Path.of("data");

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  AdminClient client() {
    return AdminClient.of(data, url, token);
  }

  PrintWriter out() {
    return Objects.requireNonNull(command).commandLine().getOut();
  }

  /** Bad usage, with exit code 2. */
  ParameterException misuse(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}
