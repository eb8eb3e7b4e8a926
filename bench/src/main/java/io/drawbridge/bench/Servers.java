package io.drawbridge.bench;

import io.drawbridge.bench.swap.Deployer;
import io.drawbridge.bench.swap.SwapPlugin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How each side is started, with the same JVM and the same flags. */
final class Servers {

  private static final String SETTINGS =
      """
      {
        "permissions": [
          {"address": "bench.**", "register": "anyone", "send": "anyone", "publish": "anyone"}
        ],
        "limits": {"connections": 20000, "connectionsPerIp": 20000}
      }
      """;

  private static final String HOST_SETTINGS =
      """
      {"permissions": [%s], "plugins": {%s}}
      """;

  private static final String DESCRIPTOR =
      """
      {"id": "bench-echo", "version": "1.0.0", "api": "^1.0",
       "verticle": "io.drawbridge.bench.EchoVerticle",
       "addresses": [{"address": "bench.echo", "kind": "request", "summary": "Says it back",
         "authority": "bench:use", "request": {"type": "object"}, "reply": {"type": "object"},
         "example": {}}]}
      """;

  private final Path home;
  private final Path temporary;

  /**
   * Prepares both sides.
   *
   * @param home our assembled server
   * @param temporary a folder of this run's own
   */
  Servers(Path home, Path temporary) {
    this.home = home;
    this.temporary = temporary;
  }

  /** Our server as it is assembled: default settings but for the addresses and connections. */
  ServerProcess ours() throws IOException, InterruptedException {
    int port = freePort();
    Path directory = Files.createTempDirectory(temporary, "ours");
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    writeEchoPlugin(plugins.resolve("bench-echo.jar"));
    return ours(port, directory, SETTINGS, List.of());
  }

  private ServerProcess ours(int port, Path directory, String settings, List<String> more)
      throws IOException, InterruptedException {
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.writeString(conf.resolve("drawbridge.json"), settings);
    Files.writeString(conf.resolve("users.json"), "{\"users\": []}");
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "-Ddrawbridge.home=" + home.toAbsolutePath(),
            "-jar",
            home.resolve("lib/drawbridge.jar").toAbsolutePath().toString(),
            "--port",
            Integer.toString(port),
            "--conf",
            conf.toString(),
            "--plugins",
            plugins.toString(),
            "--data",
            directory.resolve("data").toString()));
    arguments.addAll(more);
    return ServerProcess.start("ours", port, directory, arguments);
  }

  /**
   * A server to which plugins are deployed, what it takes to deploy them, and where jars may lie.
   */
  record Host(ServerProcess server, Deployer deployer, Path folder) implements AutoCloseable {

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * Our server with no plugin yet.
   *
   * @param plugins what the settings of plugins say, without the braces around it
   * @param more arguments of its command line
   */
  Host host(String plugins, String... more) throws IOException, InterruptedException {
    int port = freePort();
    Path directory = Files.createTempDirectory(temporary, "host");
    String settings = HOST_SETTINGS.formatted(SwapPlugin.PERMISSION, plugins);
    ServerProcess server = ours(port, directory, settings, List.of(more));
    try {
      String url = "http://127.0.0.1:" + port;
      return new Host(server, new Deployer(url, adminToken(directory)), directory);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private String adminToken(Path directory) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = home.resolve("lib/drawbridge.jar").toAbsolutePath().toString();
    String data = directory.resolve("data").toString();
    String home = "-Ddrawbridge.home=" + this.home.toAbsolutePath();
    Process process =
        new ProcessBuilder(
                java,
                home,
                "-jar",
                jar,
                "token",
                "--sub",
                "bench",
                "--grant",
                "drawbridge:admin",
                "--data",
                data)
            .start();
    String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BenchException("no token was made for the admin API");
    }
    return token.strip();
  }

  /** The stock bridge, from this program's own class path. */
  ServerProcess stock() throws IOException, InterruptedException {
    int port = freePort();
    List<String> arguments =
        List.of("-cp", ownClassPath(), StockServer.class.getName(), Integer.toString(port));
    return ServerProcess.start(
        "stock", port, Files.createTempDirectory(temporary, "stock"), arguments);
  }

  /** Absolute, for the server runs in a folder of its own. */
  private static String ownClassPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Stream.of(entries)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void writeEchoPlugin(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      put(out, "META-INF/drawbridge/plugin.json", DESCRIPTOR.getBytes(StandardCharsets.UTF_8));
      String path = EchoVerticle.class.getName().replace('.', '/') + ".class";
      try (InputStream in =
          Objects.requireNonNull(EchoVerticle.class.getResourceAsStream("/" + path))) {
        put(out, path, in.readAllBytes());
      }
    }
  }

  private static void put(JarOutputStream out, String path, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(path));
    out.write(content);
    out.closeEntry();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
