package io.drawbridge.database;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A PostgreSQL on a port of loopback that takes nobody without TLS. */
final class TlsPostgres implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String PASSWORD = "changeit";

  private final Postmaster postmaster;
  private final Path authority;
  private final int port;
  private final String password;

  private TlsPostgres(Postmaster postmaster, Path authority, int port, String password) {
    this.postmaster = postmaster;
    this.authority = authority;
    this.port = port;
    this.password = password;
  }

  static TlsPostgres start(Path folder) throws Exception {
    var embedded = new EmbeddedPostgres(folder, 4, BOUND);
    PgConnectOptions options = embedded.start();
    embedded.stop();
    Cluster cluster = new Cluster(folder);
    Files.writeString(
        cluster.folder().resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    Identity identity = Identity.make(cluster.folder(), "server");
    int port = freePort();
    List<String> command =
        Unprivileged.find()
            .command(
                PostgresBinaries.find(folder, cluster.major()).command("postgres"),
                arguments(cluster.folder(), identity, port));
    Postmaster started = Postmaster.start(Command.detached(command), cluster.folder());
    started.awaitReady(BOUND);
    return new TlsPostgres(started, identity.certificate(), port, options.getPassword());
  }

  private static List<String> arguments(Path cluster, Identity identity, int port) {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString()));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "ssl=on",
            "ssl_cert_file=" + identity.certificate(),
            "ssl_key_file=" + identity.key())) {
      arguments.add("-c");
      arguments.add(setting);
    }
    return arguments;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String uri(String host, String parameters) {
    return "postgresql://%s:%s@%s:%d/%s?%s"
        .formatted(Cluster.NAME, password, host, port, Cluster.NAME, parameters);
  }

  /** The certificate to trust. */
  Path authority() {
    return authority;
  }

  String password() {
    return password;
  }

  @Override
  public void close() {
    postmaster.stop(BOUND);
  }

  /** A certificate for 127.0.0.1, signed by itself, and its key, as PEM files. */
  record Identity(Path certificate, Path key) {

    static Identity make(Path folder, String name) throws Exception {
      Path store = folder.resolve(name + ".p12");
      Command.Outcome made =
          Command.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "RSA",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD),
              "",
              BOUND);
      if (made.exitCode() != 0) {
        throw new IOException(made.output());
      }
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
      return new Identity(
          pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate(name).getEncoded()),
          pem(
              folder.resolve(name + ".key"),
              "PRIVATE KEY",
              Objects.requireNonNull(keys.getKey(name, PASSWORD.toCharArray())).getEncoded()));
    }

    /** For its owner alone, who is that of the folder: PostgreSQL takes no other key. */
    private static Path pem(Path file, String type, byte[] content) throws IOException {
      String lines = Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(content);
      Files.writeString(
          file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, lines));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Files.setOwner(file, Files.getOwner(Objects.requireNonNull(file.getParent())));
      return file;
    }
  }
}
