package io.drawbridge.bridge.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How each HTTP transport that receives wraps SockJS's frames. */
enum SockJsTransport {
  XHR("xhr", "POST", false, "application/javascript; charset=UTF-8") {
    @Override
    Buffer wrap(byte[] frame, String callback) {
      return Buffer.buffer(frame).appendString("\n");
    }
  },
  XHR_STREAMING("xhr_streaming", "POST", true, "application/javascript; charset=UTF-8") {
    /** Some browsers show nothing of a response before its first 2 KiB. */
    @Override
    Buffer prelude(String callback) {
      return Buffer.buffer("h".repeat(2048) + "\n");
    }

    @Override
    Buffer wrap(byte[] frame, String callback) {
      return XHR.wrap(frame, callback);
    }
  },
  EVENTSOURCE("eventsource", "GET", true, "text/event-stream; charset=UTF-8") {
    @Override
    Buffer prelude(String callback) {
      return Buffer.buffer("\r\n");
    }

    @Override
    Buffer wrap(byte[] frame, String callback) {
      return Buffer.buffer("data: ").appendBytes(frame).appendString("\r\n\r\n");
    }
  },
  HTMLFILE("htmlfile", "GET", true, "text/html; charset=UTF-8") {
    @Override
    Buffer prelude(String callback) {
      String head = HTMLFILE_HEAD.formatted(callback);
      return Buffer.buffer(head + " ".repeat(Math.max(0, 1024 - head.length())) + "\r\n\r\n");
    }

    @Override
    Buffer wrap(byte[] frame, String callback) {
      return Buffer.buffer("<script>\np(")
          .appendString(inScript(frame))
          .appendString(");\n</script>\r\n");
    }
  },
  JSONP("jsonp", "GET", false, "application/javascript; charset=UTF-8") {
    @Override
    Buffer wrap(byte[] frame, String callback) {
      return Buffer.buffer(callback)
          .appendString("(")
          .appendString(inScript(frame))
          .appendString(");\r\n");
    }
  };

  private static final String HTMLFILE_HEAD =
      """
      <!doctype html>
      <html><head>
        <meta http-equiv="X-UA-Compatible" content="IE=edge" />
        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
      </head><body><h2>Don't panic!</h2>
        <script>
          document.domain = document.domain;
          var c = parent.%s;
          c.start();
          function p(d) {c.message(d);};
          window.onload = function() {c.stop();};
        </script>
      """;

  private final String path;
  private final String method;
  private final boolean streaming;
  private final String contentType;

  SockJsTransport(String path, String method, boolean streaming, String contentType) {
    this.path = path;
    this.method = method;
    this.streaming = streaming;
    this.contentType = contentType;
  }

  static Optional<SockJsTransport> at(String path) {
    for (SockJsTransport transport : values()) {
      if (transport.path.equals(path)) {
        return Optional.of(transport);
      }
    }
    return Optional.empty();
  }

  /** One frame as this transport sends it. */
  abstract Buffer wrap(byte[] frame, String callback);

  /** What a stream begins with. */
  Buffer prelude(String callback) {
    return Buffer.buffer();
  }

  String path() {
    return path;
  }

  String method() {
    return method;
  }

  /** Whether a response carries many frames. */
  boolean streaming() {
    return streaming;
  }

  String contentType() {
    return contentType;
  }

  /** Whether it runs as a script in a page, with a callback that the client names. */
  boolean scripted() {
    return this == HTMLFILE || this == JSONP;
  }

  /** A JavaScript string that can't end the script element around it. */
  private static String inScript(byte[] frame) {
    return new String(SockJsFraming.quote(frame), StandardCharsets.UTF_8).replace("<", "\\u003c");
  }
}
