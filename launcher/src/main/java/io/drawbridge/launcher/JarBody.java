package io.drawbridge.launcher;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** A file as the one part of a multipart body, read while it is sent and never held whole. */
record JarBody(String boundary, Path file) {

  static JarBody of(Path file) {
    return new JarBody("drawbridge-" + UUID.randomUUID(), file);
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** Its length is known, for the server takes no chunks. */
  BodyPublisher publisher() throws FileNotFoundException {
    String name = String.valueOf(file.getFileName()).replaceAll("[\"\\\\\\p{Cntrl}]", "_");
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"plugin\"; filename=\""
            + name
            + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
    String end = "\r\n--" + boundary + "--\r\n";
    return BodyPublishers.concat(
        BodyPublishers.ofString(head, StandardCharsets.UTF_8),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString(end));
  }
}
