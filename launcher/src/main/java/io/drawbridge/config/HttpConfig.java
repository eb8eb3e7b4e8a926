package io.drawbridge.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and whom it lets knock.
 *
 * @param origins the foreign origins that may connect, such as {@code https://app.example.com};
 *     empty means the same origin only, as {@code "same"} in the file does
 * @param trustedProxies networks in CIDR form whose {@code X-Forwarded-For} is believed
 */
public record HttpConfig(
    String host, int port, List<String> origins, List<String> trustedProxies, @Nullable Tls tls) {

  public HttpConfig {
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
    new Checks("/http")
        .format("host", "host", host)
        .bounds("port", port)
        .each("origins", "origin", origins)
        .each("trustedProxies", "network", trustedProxies)
        .done();
  }

  /** The same, listening elsewhere. */
  public HttpConfig at(String newHost, int newPort) {
    return new HttpConfig(newHost, newPort, origins, trustedProxies, tls);
  }

  /** A certificate chain and its key, both PEM files. */
  public record Tls(Path certificate, Path key) {}
}
