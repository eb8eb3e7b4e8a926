package io.drawbridge.launcher;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The server's one main: starts it, or runs the command that the arguments name. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    Logs.toTerminal();
    return commandLine().execute(arguments);
  }

  /** All commands, with what they print going to the terminal. */
  static CommandLine commandLine() {
    return new CommandLine(new ServeCommand())
        .setCommandName(System.getenv().getOrDefault("DRAWBRIDGE_COMMAND", "drawbridge"))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionExceptionHandler(Main::failed)
        .setParameterExceptionHandler(Main::misused);
  }

  private static int failed(
      Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
    if (exception instanceof StartupException failure) {
      command.getErr().println("drawbridge: " + failure.getMessage());
      return failure.exitCode();
    }
    command.getErr().println("drawbridge: " + exception);
    return ExitCode.FAILED;
  }

  private static int misused(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("drawbridge: " + mistake.getMessage());
    if (mistake instanceof CommandLine.UnmatchedArgumentException) {
      command.usage(err);
    } else {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }
}
