package io.drawbridge.bench.swap;

import java.util.ArrayList;
import java.util.List;

/** What went wrong under a load, counted and with the first few told. Not thread-safe. */
final class SwapFindings {

  private static final int TOLD = 20;

  long failed;
  long lost;
  long doubled;
  long disordered;
  private final List<String> told = new ArrayList<>();

  /** A request that was answered with a failure. */
  void failed(String what) {
    failed++;
    tell("failed: " + what);
  }

  /** Messages that nobody got. */
  void lost(long count, String what) {
    lost += count;
    tell("lost: " + what);
  }

  /** A message that came again. */
  void doubled(String what) {
    doubled++;
    tell("doubled: " + what);
  }

  /** A message that came before an earlier one, or after a later one. */
  void disordered(String what) {
    disordered++;
    tell("out of order: " + what);
  }

  private void tell(String line) {
    if (told.size() < TOLD) {
      told.add(line);
    }
  }

  List<String> told() {
    return List.copyOf(told);
  }
}
