package io.drawbridge.http;

/** Hears of what was turned away before it became a socket, for the metrics. From any thread. */
@FunctionalInterface
public interface RefusalListener {

  /** Nobody listens. */
  RefusalListener NONE = refusal -> {};

  /** Why somebody was turned away. */
  enum Refusal {
    /** A foreign or unusable Origin: 403. */
    ORIGIN,
    /** Too many connections in all: 503. */
    CONNECTIONS,
    /** Too many connections from one address: 429. */
    CONNECTIONS_PER_IP,
    /** The request's head or body did not come in time: cut. */
    SLOW_REQUEST,
    /** A connection without a request for too long: cut. */
    IDLE,
    /** Not a request that one can answer safely: 400. */
    MALFORMED
  }

  void refused(Refusal refusal);
}
