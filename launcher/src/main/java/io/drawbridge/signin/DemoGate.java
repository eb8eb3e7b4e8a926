package io.drawbridge.signin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether demo people may work: only while nobody but this machine can knock. A proxy on the same
 * machine would open them to the world, so the traces that proxies leave close the gate too.
 *
 * @param host what the server listens on
 */
record DemoGate(String host) {

  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final List<String> FORWARDED = List.of("forwarded", "x-real-ip", "via");
  private static final String X_FORWARDED = "x-forwarded-";

  /** Whether the server listens on loopback alone. */
  boolean open() {
    return loopback(host);
  }

  /** Whether a request comes straight from this machine. */
  boolean open(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return open()
        && authority != null
        && loopback(authority.host())
        && request.headers().getAll("Host").size() <= 1
        && request.headers().names().stream().noneMatch(DemoGate::forwarded);
  }

  private static boolean forwarded(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return FORWARDED.contains(name) || name.startsWith(X_FORWARDED);
  }

  private static boolean loopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || LOOPBACK_V4.matcher(host).matches();
  }
}
