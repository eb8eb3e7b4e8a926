package io.drawbridge.config;

import java.util.List;

/**
 * Who reaches the admin API.
 *
 * @param from networks in CIDR form; loopback alone by default
 */
public record AdminConfig(List<String> from) {

  public AdminConfig {
    from = List.copyOf(from);
    new Checks("/admin").each("from", "network", from).done();
  }
}
