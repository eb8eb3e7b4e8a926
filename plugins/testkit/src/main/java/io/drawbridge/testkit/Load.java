package io.drawbridge.testkit;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A steady load of requests at one address.
 *
 * @param address where the requests go
 * @param body the body of the request with this number, from 1
 * @param subject who asks
 * @param authorities what the subject's token grants
 * @param perSecond how many requests a second, over all browsers: 1 to 5,000
 * @param browsers how many sockets they come from: 1 to 100
 */
public record Load(
    String address,
    LongFunction<JsonObject> body,
    String subject,
    List<String> authorities,
    int perSecond,
    int browsers) {

  private static final int MOST_PER_SECOND = 5_000;
  private static final int MOST_BROWSERS = 100;

  public Load {
    authorities = List.copyOf(authorities);
    if (perSecond < 1 || perSecond > MOST_PER_SECOND) {
      throw new IllegalArgumentException("perSecond is 1 to " + MOST_PER_SECOND);
    }
    if (browsers < 1 || browsers > MOST_BROWSERS) {
      throw new IllegalArgumentException("browsers is 1 to " + MOST_BROWSERS);
    }
  }

  /** Two hundred requests a second with the same body, from four browsers of one subject. */
  public static Load of(String address, JsonObject body, String... authorities) {
    return new Load(address, number -> body, "load", List.of(authorities), 200, 4);
  }

  /** The same with a body for each number. */
  public Load bodies(LongFunction<JsonObject> other) {
    return new Load(address, other, subject, authorities, perSecond, browsers);
  }

  /** The same with so many requests a second. */
  public Load perSecond(int other) {
    return new Load(address, body, subject, authorities, other, browsers);
  }

  /** The same from so many sockets. */
  public Load browsers(int other) {
    return new Load(address, body, subject, authorities, perSecond, other);
  }
}
