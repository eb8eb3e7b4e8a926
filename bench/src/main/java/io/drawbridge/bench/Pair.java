package io.drawbridge.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Our server and the stock bridge, both running; only one is under load at a time. Rounds alternate
 * between them, so that whatever else the machine does meets both.
 */
final class Pair implements AutoCloseable {

  private static final int ROUNDS = 3;

  private final ServerProcess ours;
  private final ServerProcess stock;

  Pair(Servers servers) throws IOException, InterruptedException {
    ours = servers.ours();
    try {
      stock = servers.stock();
    } catch (IOException | InterruptedException | RuntimeException e) {
      ours.close();
      throw e;
    }
  }

  /** Measures one server. */
  @FunctionalInterface
  interface Measure<T> {
    T of(ServerProcess server) throws IOException;
  }

  /** One measurement of each. */
  <T> Sides<T> once(String row, Measure<T> measure) throws IOException {
    return new Sides<>(logged(row, ours, measure), logged(row, stock, measure));
  }

  /** Of three measurements of each the middle one; a first one, uncounted, warms the code up. */
  <T> Sides<T> median(String row, Measure<T> measure, Comparator<T> order) throws IOException {
    once(row + ", warm-up", measure);
    List<Sides<T>> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(once(row, measure));
    }
    return middle(rounds, order);
  }

  /** As {@link #median}, each measurement on a server that was started for it. */
  static <T> Sides<T> freshMedian(
      Servers servers, String row, Measure<T> measure, Comparator<T> order)
      throws IOException, InterruptedException {
    List<Sides<T>> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      try (Pair pair = new Pair(servers)) {
        rounds.add(pair.once(row, measure));
      }
    }
    return middle(rounds, order);
  }

  private static <T> Sides<T> middle(List<Sides<T>> rounds, Comparator<T> order) {
    return new Sides<>(
        rounds.stream().map(Sides::ours).sorted(order).toList().get(ROUNDS / 2),
        rounds.stream().map(Sides::stock).sorted(order).toList().get(ROUNDS / 2));
  }

  private static <T> T logged(String row, ServerProcess server, Measure<T> measure)
      throws IOException {
    T result = measure.of(server);
    System.err.println("  " + row + ", " + server.name() + ": " + result);
    return result;
  }

  @Override
  public void close() {
    try {
      ours.close();
    } finally {
      stock.close();
    }
  }
}
