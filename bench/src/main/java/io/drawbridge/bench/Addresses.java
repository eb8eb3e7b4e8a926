package io.drawbridge.bench;

/** The addresses that both servers open to anyone for the bench. */
final class Addresses {

  /** Published at and registered at by browsers. */
  static final String FAN_OUT = "bench.fanout";

  /** Answered by a handler inside the server with what it was asked. */
  static final String ECHO = "bench.echo";

  private Addresses() {}
}
