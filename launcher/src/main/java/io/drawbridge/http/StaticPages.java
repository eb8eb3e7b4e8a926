package io.drawbridge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the home's {@code webroot/}, read once at the start. A request can only name what is
 * in this list, so no path, however written, leads anywhere else.
 */
public final class StaticPages implements Consumer<Router> {

  /** More than the pages need; what lies about there by mistake should not fill the memory. */
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=UTF-8"),
          Map.entry("js", "text/javascript; charset=UTF-8"),
          Map.entry("mjs", "text/javascript; charset=UTF-8"),
          Map.entry("css", "text/css; charset=UTF-8"),
          Map.entry("json", "application/json; charset=UTF-8"),
          Map.entry("webmanifest", "application/manifest+json; charset=UTF-8"),
          Map.entry("ts", "text/plain; charset=UTF-8"),
          Map.entry("txt", "text/plain; charset=UTF-8"),
          Map.entry("map", "application/json; charset=UTF-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"));

  private static final String POLICY =
      "default-src 'self'; connect-src 'self'%s; img-src 'self' data:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private record Page(String type, Buffer content, String tag) {}

  private final Map<String, Page> pages = new HashMap<>();

  /**
   * Reads the pages.
   *
   * @throws UncheckedIOException if a file can't be read
   */
  public StaticPages(Path webroot) {
    if (!Files.isDirectory(webroot)) {
      return;
    }
    try (Stream<Path> files = Files.walk(webroot)) {
      files.filter(Files::isRegularFile).forEach(file -> read(webroot, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path webroot, Path file) {
    String name = webroot.relativize(file).toString().replace('\\', '/');
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || ("/" + name).contains("/.")) {
      return;
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException(file + " is too large for a page: take it out of the web root");
      }
      Buffer content = Buffer.buffer(Files.readAllBytes(file));
      String tag = "\"" + Integer.toHexString(content.hashCode()) + "-" + content.length() + "\"";
      pages.put("/" + name, new Page(type, content, tag));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void accept(Router router) {
    router.route().handler(this::serve);
  }

  private void serve(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean reads =
        HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    Page page = reads ? named(request.path()) : null;
    if (page == null) {
      context.next();
    } else {
      answer(request, page);
    }
  }

  /** The path as it was sent: nothing in the list needs an escape. */
  private @Nullable Page named(@Nullable String path) {
    return path == null ? null : pages.get(path.endsWith("/") ? path + "index.html" : path);
  }

  private static void answer(HttpServerRequest request, Page page) {
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, page.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader("Content-Security-Policy", POLICY.formatted(webSocketHere(request)))
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("X-Frame-Options", "DENY")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (page.tag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, page.type());
    if (HttpMethod.HEAD.equals(request.method())) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(page.content().length())).end();
    } else {
      response.end(page.content());
    }
  }

  /** Browsers differ on whether {@code 'self'} covers WebSockets of the same host. */
  private static String webSocketHere(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    return host == null ? "" : " ws://" + host + " wss://" + host;
  }
}
