package io.drawbridge.acceptance.stock;

import io.drawbridge.acceptance.ServerProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Our assembled server, open at {@code plain.**} for anyone, with one plugin inside. */
final class OurServer implements AutoCloseable {

  private static final String PERMISSIONS =
      """
      [
        {"address": "plain.**", "register": "anyone", "send": "anyone", "publish": "anyone"},
        {"address": "peer.{name}", "send": "anyone"},
        {"address": "guarded.**", "register": "guard:use", "send": "guard:use",
         "publish": "guard:use"}
      ]
      """;

  private static final String DESCRIPTOR =
      """
      {"id": "peer", "version": "1.0.0", "api": "^1.0", "verticle": "%s",
       "addresses": [
        {"address": "peer.echo", "kind": "request", "summary": "Says it back",
         "authority": "peer:use", "request": {}, "reply": {}, "example": {}},
        {"address": "peer.fail", "kind": "request", "summary": "Refuses",
         "authority": "peer:use", "request": {}, "reply": {}, "example": {}},
        {"address": "peer.count", "kind": "request", "summary": "Counts deliveries",
         "authority": "peer:use", "request": {}, "reply": {}, "example": {}}]}
      """;

  private final ServerProcess process;

  private OurServer(ServerProcess process) {
    this.process = process;
  }

  static OurServer start(Path directory) throws IOException {
    return start(directory, new JsonObject());
  }

  /** With more settings beside the permissions, such as {@code limits}. */
  static OurServer start(Path directory, JsonObject settings) throws IOException {
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Path plugins = Files.createDirectories(directory.resolve("plugins"));
    JsonObject all = new JsonObject().put("permissions", new JsonArray(PERMISSIONS));
    Files.writeString(conf.resolve("drawbridge.json"), all.mergeIn(settings).encodePrettily());
    Files.writeString(conf.resolve("users.json"), "{\"users\": []}");
    writePlugin(plugins.resolve("peer.jar"));
    return new OurServer(
        ServerProcess.start(
            directory.resolve("data"), "--conf", conf.toString(), "--plugins", plugins.toString()));
  }

  private static void writePlugin(Path jar) throws IOException {
    String name = PeerVerticle.class.getName();
    String path = name.replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        InputStream code = PeerVerticle.class.getResourceAsStream("/" + path)) {
      out.putNextEntry(new JarEntry("META-INF/drawbridge/plugin.json"));
      out.write(DESCRIPTOR.formatted(name).getBytes(StandardCharsets.UTF_8));
      out.putNextEntry(new JarEntry(path));
      code.transferTo(out);
    }
  }

  int port() {
    return process.port();
  }

  ServerProcess process() {
    return process;
  }

  String token(String subject, String... authorities) {
    return process.token(subject, authorities);
  }

  /** How often the bus has handed a message of this address to a consumer. */
  int busDeliveries(String address) throws IOException {
    try (BridgeSocket asking = BridgeSocket.raw(port())) {
      asking.send(
          Frames.request("peer.count", new JsonObject().put("address", address), "count-reply"));
      return asking.next().getJsonObject("body").getInteger("count");
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
