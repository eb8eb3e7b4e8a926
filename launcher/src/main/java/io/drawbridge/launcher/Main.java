package io.drawbridge.launcher;

/** The server's one main. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(0);
  }
}
