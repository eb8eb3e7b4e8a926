package io.drawbridge.ops;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The networks that ops work from: {@code admin.from}, or this machine alone. Metrics and the
 * reasons on {@code /health/ready} are for them without a token, as scrapers hold none; the admin
 * API wants a token as well.
 *
 * @param clientAddress the client's address as trusted proxies tell it
 * @param inside whether an address belongs to these networks
 */
public record Neighbourhood(
    Function<RoutingContext, String> clientAddress, Predicate<String> inside) {

  public boolean holds(RoutingContext request) {
    return inside.test(clientAddress.apply(request));
  }
}
