package io.drawbridge.config;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is allowed, and still likely not what ops want. */
final class SettingsWarnings {

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");

  private final String file;
  private final List<Mistake> warnings = new ArrayList<>();

  private SettingsWarnings(String file) {
    this.file = file;
  }

  static List<Mistake> of(Settings settings) {
    var found = new SettingsWarnings(settings.directory().resolve(SettingsReader.FILE).toString());
    found.http(settings.http());
    found.auth(settings.auth());
    found.permissions(settings.permissions());
    found.networks(settings);
    found.times(settings);
    found.database(settings.database().uri());
    found.share(settings);
    return List.copyOf(found.warnings);
  }

  private void http(HttpConfig http) {
    if (http.tls() != null) {
      expiry(http.tls());
    } else if (!loopback(http.host()) && http.trustedProxies().isEmpty()) {
      warn(
          "/http/host",
          Quoted.of(http.host())
              + " is reachable from outside, and passwords and tokens go there"
              + " in the clear",
          "Set http.tls; or put a proxy with TLS in front and name it in http.trustedProxies");
    }
  }

  private void expiry(HttpConfig.Tls tls) {
    try {
      Instant end = TlsFiles.certificate(tls.certificate()).getNotAfter().toInstant();
      if (end.isBefore(Instant.now())) {
        warn("/http/tls/certificate", "the certificate expired on " + end, "Get a new one");
      }
    } catch (CertificateException | IOException broken) {
      warn("/http/tls/certificate", "the certificate can't be read any more", "Look at the file");
    }
  }

  private void auth(AuthConfig auth) {
    URI jwks = auth.jwks();
    if (jwks != null && "http".equals(jwks.getScheme()) && !loopback(jwks.getHost())) {
      warn(
          "/auth/jwks",
          "keys that come without TLS can be swapped on the way, and with them who may sign in",
          "Use https");
    }
    if (auth.queryToken()) {
      warn(
          "/auth/queryToken",
          "tokens in addresses end up in the logs of proxies",
          "Turn it off if clients can bring the token in another way");
    }
  }

  private void permissions(List<PermissionRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      PermissionRule rule = rules.get(i);
      boolean speak =
          rule.send().contains(PermissionRule.ANYONE)
              || rule.publish().contains(PermissionRule.ANYONE);
      if (rule.address().equals("**") && speak) {
        warn(
            "/permissions/" + i,
            "lets anyone, signed in or not, speak to every address in the cluster",
            "Name the addresses, or who may");
      }
      words("/permissions/" + i + "/register", rule.register());
      words("/permissions/" + i + "/send", rule.send());
      words("/permissions/" + i + "/publish", rule.publish());
    }
  }

  /** An authority that is nearly a word with a meaning was likely meant to be it. */
  private void words(String pointer, Set<String> authorities) {
    for (String authority : authorities) {
      for (String word : List.of(PermissionRule.ANYONE, PermissionRule.SIGNED_IN)) {
        if (!authority.equals(word) && NearestWord.slips(authority, word) <= 2) {
          warn(
              pointer,
              Quoted.of(authority) + " is an authority that tokens must name",
              "Did you mean \"" + word + "\"?");
        }
      }
    }
  }

  private void times(Settings settings) {
    BridgeConfig bridge = settings.bridge();
    long idle = settings.limits().idleSeconds() * 1000L;
    if (idle <= (long) bridge.pingMillis() + bridge.pongTimeoutMillis()) {
      warn(
          "/limits/idleSeconds",
          "clients that have nothing to say are cut before their next ping",
          "Give more than bridge.pingMillis and bridge.pongTimeoutMillis together");
    }
  }

  private void networks(Settings settings) {
    if (settings.http().trustedProxies().stream().anyMatch(EVERYWHERE::contains)) {
      warn(
          "/http/trustedProxies",
          "every client is believed when it says who it is",
          "Name the proxies' own networks");
    }
    if (settings.admin().from().stream().anyMatch(EVERYWHERE::contains)) {
      warn("/admin/from", "the admin API is open to every network", "Name the networks of ops");
    }
  }

  private void database(@Nullable String uri) {
    if (uri == null || uri.contains("sslmode=")) {
      return;
    }
    String host = uri.replaceFirst("^[a-z]+://([^/]*@)?", "").replaceFirst("[:/?].*$", "");
    if (!loopback(host)) {
      warn(
          "/database/uri",
          "the way to the database is not encrypted",
          "Add ?sslmode=verify-full to the URI");
    }
  }

  private void share(Settings settings) {
    int all = settings.database().connections();
    if (settings.plugins().containment().connections() >= all) {
      warn(
          "/plugins/containment/connections",
          "one plugin may take all " + all + " connections of the database, and others wait",
          "Give fewer, or raise database.connections");
    }
  }

  private void warn(String pointer, String problem, String suggestion) {
    warnings.add(new Mistake(file, pointer, problem, suggestion));
  }

  private static boolean loopback(@Nullable String host) {
    if (host == null || host.equals("localhost")) {
      return host != null;
    }
    String plain = host.replaceAll("[\\[\\]]", "");
    return NetUtil.isValidIpV4Address(plain) ? plain.startsWith("127.") : plain.equals("::1");
  }
}
