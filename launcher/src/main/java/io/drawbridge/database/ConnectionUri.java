package io.drawbridge.database;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code database.uri}. The parameters are those of libpq: {@code sslmode} ({@code disable},
 * {@code prefer}, {@code require}, {@code verify-ca}, {@code verify-full}), {@code sslrootcert} (a
 * PEM file with the authorities to trust), {@code application_name}, {@code search_path}, {@code
 * options}. No message ever holds the URI, because a password is in it.
 */
final class ConnectionUri {

  private static final Set<String> KNOWN =
      Set.of("sslmode", "sslrootcert", "application_name", "search_path", "options");

  private ConnectionUri() {}

  static PgConnectOptions parse(String uri) {
    int question = uri.indexOf('?');
    Map<String, String> parameters = parameters(question < 0 ? "" : uri.substring(question + 1));
    PgConnectOptions options;
    try {
      options = PgConnectOptions.fromUri(question < 0 ? uri : uri.substring(0, question));
    } catch (RuntimeException e) {
      // Its message holds the URI, so it is not kept as the cause either.
      throw new DatabaseException(
          "database.uri can't be read: it has the form postgresql://user:password@host:port/name,"
              + " with special characters in the password percent-encoded");
    }
    encrypt(options, parameters);
    for (String name : Set.of("application_name", "search_path", "options")) {
      if (parameters.containsKey(name)) {
        options.addProperty(name, parameters.get(name));
      }
    }
    return options;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length != 2 || !KNOWN.contains(parts[0])) {
        throw new DatabaseException(
            "database.uri has the parameter «"
                + parts[0]
                + "», which is not one of sslmode, sslrootcert, application_name, search_path,"
                + " options");
      }
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static void encrypt(PgConnectOptions options, Map<String, String> parameters) {
    SslMode mode = mode(parameters.getOrDefault("sslmode", "prefer"));
    String root = parameters.get("sslrootcert");
    ClientSSLOptions ssl = new ClientSSLOptions();
    if (root != null) {
      ssl.setTrustOptions(new PemTrustOptions().addCertPath(readable(root)));
    } else if (mode == SslMode.PREFER || mode == SslMode.REQUIRE) {
      // As libpq has it: against listeners, not against whoever sits in between.
      ssl.setTrustAll(true);
    } else if (mode == SslMode.VERIFY_CA || mode == SslMode.VERIFY_FULL) {
      throw new DatabaseException(
          "database.uri says sslmode="
              + parameters.get("sslmode")
              + ": name the file of the authorities to trust as well, sslrootcert");
    }
    ssl.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
    options.setSslMode(mode).setSslOptions(ssl);
  }

  private static SslMode mode(String word) {
    try {
      SslMode mode = SslMode.of(word);
      if (mode != SslMode.ALLOW) {
        return mode;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with the words that are possible.
    }
    throw new DatabaseException(
        "database.uri says sslmode="
            + word
            + ": it must be disable, prefer, require, verify-ca or verify-full");
  }

  private static String readable(@Nullable String file) {
    if (file == null || !Files.isReadable(Path.of(file))) {
      throw new DatabaseException(
          "database.uri names sslrootcert=" + file + ", which can't be read");
    }
    return file;
  }
}
