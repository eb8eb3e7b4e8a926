package io.drawbridge.testkit;

import java.util.Map;

/**
 * What became of the requests of a load.
 *
 * @param sent how many went out
 * @param answered how many got their reply
 * @param failed how many were told why not instead
 * @param lost how many heard nothing
 * @param answeredTwice how many answers came for a request that had one already
 * @param failures what was told, and how often
 */
public record LoadReport(
    long sent,
    long answered,
    long failed,
    long lost,
    long answeredTwice,
    Map<String, Long> failures) {

  public LoadReport {
    failures = Map.copyOf(failures);
  }

  /**
   * Says that each request got its one reply.
   *
   * @throws AssertionError if one did not
   */
  public void assertEveryRequestWasAnsweredOnce() {
    if (sent == 0 || answered != sent || answeredTwice != 0) {
      String told = failures.isEmpty() ? "" : "; what the failed ones were told: " + failures;
      throw new AssertionError(
          "not every request was answered once: %d sent, %d answered, %d failed, %d lost, %d answered twice%s"
              .formatted(sent, answered, failed, lost, answeredTwice, told));
    }
  }
}
