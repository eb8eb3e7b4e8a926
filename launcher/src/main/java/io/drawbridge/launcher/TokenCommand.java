package io.drawbridge.launcher;

import io.drawbridge.signin.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a token of the embedded issuer. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a token signed with the key of the data folder.",
    sortOptions = false)
final class TokenCommand implements Callable<Integer> {

  @Option(names = "--sub", required = true, paramLabel = "NAME", description = "whom it stands for")
  String subject = "";

  @Option(
      names = "--grant",
      split = ",",
      paramLabel = "AUTHORITY",
      description = "what it grants, such as chat:read,chat:write")
  List<String> authorities = List.of();

  @Option(
      names = "--ttl",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "how long it counts (default: 3600)")
  int seconds;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:DRAWBRIDGE_DATA:-data}",
      description = "the server's data folder (default: data)")
  Path data = Path.of("data");

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (seconds < 1) {
      throw misuse("--ttl must be 1 or more seconds");
    }
    if (subject.isBlank()) {
      throw misuse("--sub must name somebody");
    }
    try {
      SigningKey key = SigningKey.openOrCreate(data);
      System.out.println(key.token(subject, authorities, Duration.ofSeconds(seconds)));
      return ExitCode.STOPPED;
    } catch (IllegalStateException e) {
      throw StartupException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private RuntimeException misuse(String message) {
    return spec == null
        ? new IllegalArgumentException(message)
        : new ParameterException(spec.commandLine(), message);
  }
}
