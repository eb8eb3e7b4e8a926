package io.drawbridge.launcher;

import io.drawbridge.signin.Passwords;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Hashes a password for {@code users.json}; it comes from the terminal or stdin, never from ps. */
@Command(
    name = "hash-password",
    mixinStandardHelpOptions = true,
    description = "Reads a password and prints its hash for conf/users.json.")
final class HashPasswordCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    try {
      System.out.println(Passwords.hash(read()));
      return ExitCode.STOPPED;
    } catch (IllegalArgumentException e) {
      throw StartupException.misconfigured(String.valueOf(e.getMessage()));
    }
  }

  /** On a JDK up to 21 there is no console without a terminal; later ones read stdin themselves. */
  @SuppressWarnings("SystemConsoleNull")
  private static char[] read() throws IOException {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password: ");
    if (typed != null) {
      return typed;
    }
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = input.readLine();
    return line == null ? new char[0] : line.toCharArray();
  }
}
