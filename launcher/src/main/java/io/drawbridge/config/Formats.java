package io.drawbridge.config;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The formats that our schemas name: what makes a text an origin, a network, an address pattern.
 */
final class Formats {

  /** Finds fault with a text, or returns null. */
  private interface Format {
    @Nullable Complaint complaint(String text);
  }

  private static final Map<String, Format> FORMATS =
      Map.of(
          "host", Formats::host,
          "origins", Formats::origins,
          "origin", Formats::origin,
          "network", Networks::complaint,
          "address-pattern", AddressSyntax::complaint,
          "claim-path", Formats::claimPath,
          "http-url", Formats::httpUrl,
          "postgres-uri", Formats::postgresUri);

  private static final Pattern ORIGIN =
      Pattern.compile("https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  private Formats() {}

  static Set<String> names() {
    return FORMATS.keySet();
  }

  /** What is wrong with a text that should have a format; null if nothing is. */
  static @Nullable Complaint complaint(String format, String text) {
    Format known = FORMATS.get(format);
    return known == null ? null : known.complaint(text);
  }

  private static @Nullable Complaint host(String text) {
    if (text.isBlank() || text.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '[')) {
      return new Complaint(
          Quoted.of(text) + " is no host",
          "Give a name or an IP address alone, such as 0.0.0.0 or ::");
    }
    if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      return new Complaint(Quoted.of(text) + " holds a port", "Give it as http.port");
    }
    return null;
  }

  private static @Nullable Complaint origins(String text) {
    return text.equals("same")
        ? null
        : new Complaint(
            Quoted.of(text) + " is neither \"same\" nor a list",
            "Write \"same\" or [\"https://app.example.com\"]");
  }

  private static @Nullable Complaint origin(String text) {
    if (ORIGIN.matcher(text).matches()) {
      return null;
    }
    String problem = Quoted.of(text) + " is no origin";
    if (text.equals("*") || text.equals("null")) {
      return new Complaint(
          text + " would let every page on the web connect", "Name each origin that may");
    }
    if (text.startsWith("http") && text.endsWith("/")) {
      return new Complaint(problem, "Leave out the / at its end");
    }
    return new Complaint(
        problem, "Write scheme, host in lower case, port if any: https://app.example.com");
  }

  private static @Nullable Complaint claimPath(String text) {
    boolean broken = text.isBlank() || text.startsWith(".") || text.endsWith(".");
    return broken || text.contains("..")
        ? new Complaint(
            Quoted.of(text) + " is no path of claims",
            "Write names between dots: realm_access.roles")
        : null;
  }

  private static @Nullable Complaint httpUrl(String text) {
    URI uri = uri(text);
    return uri != null && uri.getHost() != null && text.matches("https?://.*")
        ? null
        : new Complaint(Quoted.of(text) + " is no http(s) URL", "Write https://host/path");
  }

  /** Never repeats the text, which holds a password. */
  private static @Nullable Complaint postgresUri(String text) {
    return Pattern.matches("postgres(ql)?://[^/?#\\s]+/[^\\s]+", text)
        ? null
        : new Complaint(
            "is no PostgreSQL URI",
            "Write postgresql://user:password@host:5432/name, special signs percent-encoded");
  }

  private static @Nullable URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }
}
