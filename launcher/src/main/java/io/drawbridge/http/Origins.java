package io.drawbridge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which web pages may open a connection: those of our own origin, and those that ops list.
 * Browsers tell a page's origin truthfully and pages can't forge it, so this is what keeps a
 * foreign page from riding on somebody's cookies.
 */
public final class Origins {

  private static final String DEFAULT_HTTP = ":80";
  private static final String DEFAULT_HTTPS = ":443";

  private final Set<String> allowed = new HashSet<>();
  private final ClientAddress clients;

  /** Allows these origins besides our own. */
  public Origins(List<String> allowed, ClientAddress clients) {
    allowed.forEach(origin -> this.allowed.add(normal(origin)));
    this.clients = clients;
  }

  /**
   * Whether the request may become a socket. One without an Origin may: it comes from no web page,
   * or from one of our own; but then cookies must not count, see {@link #present}.
   */
  public boolean allow(HttpServerRequest request) {
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    if (origins.isEmpty()) {
      return true;
    }
    String origin = normal(origins.get(0));
    return origins.size() == 1 && (origin.equals(own(request)) || allowed.contains(origin));
  }

  /** Whether the request names an origin that may connect. */
  public boolean present(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.ORIGIN) && allow(request);
  }

  /** The origin that the request comes from, where it names none: our own. */
  public String effective(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String named = origin == null ? own(request) : normal(origin);
    return named == null ? "" : named;
  }

  private @Nullable String own(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    return host == null ? null : normal(clients.scheme(request) + "://" + host);
  }

  /** Lower case, without the scheme's own port; the word {@code null} stays what it is. */
  private static String normal(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") && lower.endsWith(DEFAULT_HTTP)) {
      return lower.substring(0, lower.length() - DEFAULT_HTTP.length());
    }
    if (lower.startsWith("https://") && lower.endsWith(DEFAULT_HTTPS)) {
      return lower.substring(0, lower.length() - DEFAULT_HTTPS.length());
    }
    return lower;
  }
}
