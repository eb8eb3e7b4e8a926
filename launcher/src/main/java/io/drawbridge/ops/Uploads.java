package io.drawbridge.ops;

import io.drawbridge.config.ChangesConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes jars that are sent to the server, each into a private folder of its own, so many at a time
 * and none larger than a plugin may be. Thread-safe.
 */
public final class Uploads {

  /** What a multipart body holds besides the file. */
  private static final long AROUND_BYTES = 16_384;

  private final Vertx vertx;
  private final Path folder;
  private final long mostBytes;
  private final int most;
  private final Duration patience;
  private final int answerSeconds;
  private final BiConsumer<HttpServerRequest, Duration> grant;
  private final AtomicInteger underWay = new AtomicInteger();
  private boolean open;

  /**
   * Nothing is written yet.
   *
   * @param folder made for its owner alone, after what an earlier run left there is deleted
   * @param mostBytes what one jar may have
   * @param bounds how many may be on their way at once, which bounds the disk that they take, and
   *     how long a body may take to come
   * @param answerSeconds how long an answer may be waited for once it is here
   * @param grant gives a request's connection so long for its body
   */
  public Uploads(
      Vertx vertx,
      Path folder,
      long mostBytes,
      ChangesConfig bounds,
      int answerSeconds,
      BiConsumer<HttpServerRequest, Duration> grant) {
    this.vertx = vertx;
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.most = bounds.uploads();
    this.patience = Duration.ofSeconds(bounds.uploadSeconds());
    this.answerSeconds = answerSeconds;
    this.grant = grant;
  }

  int answerSeconds() {
    return answerSeconds;
  }

  /**
   * Takes the one file of a multipart request that is paused.
   *
   * @return fails with an {@link UploadException}; whoever gets an upload discards it in the end
   */
  Future<Upload> receive(HttpServerRequest request) {
    UploadException refusal = refusal(request);
    if (refusal != null) {
      return Future.failedFuture(refusal);
    }
    if (underWay.incrementAndGet() > most) {
      underWay.decrementAndGet();
      return Future.failedFuture(
          new UploadException(503, "other uploads are under way: try again in a moment"));
    }
    grant.accept(request, patience);
    return vertx
        .executeBlocking(this::place, false)
        .onFailure(failure -> underWay.decrementAndGet())
        .compose(place -> receive(request, new Upload(this, place)));
  }

  private Future<Upload> receive(HttpServerRequest request, Upload upload) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    return new MultipartBody(request, mostBytes)
        .to(upload.place(), vertx, patience)
        .map(upload::of)
        .onFailure(failure -> upload.discard());
  }

  private @Nullable UploadException refusal(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
        || !type.contains("boundary=")) {
      return new UploadException(
          415, "send the jar as multipart/form-data, in one part named plugin");
    }
    long length;
    try {
      length = Long.parseLong(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    } catch (NumberFormatException e) {
      return new UploadException(411, "send a Content-Length");
    }
    return length > mostBytes + AROUND_BYTES ? tooLarge(mostBytes) : null;
  }

  static UploadException tooLarge(long mostBytes) {
    return new UploadException(
        413, "the jar is larger than %d bytes: see plugins.jarBytes".formatted(mostBytes));
  }

  /** A new folder for one file. */
  private Path place() throws IOException {
    open();
    return Files.createTempDirectory(folder, "upload-");
  }

  private synchronized void open() throws IOException {
    if (!open) {
      delete(folder);
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      open = true;
    }
  }

  /** Deletes a place and gives it free; blocks only a worker. */
  void discard(Path place) {
    vertx
        .executeBlocking(
            () -> {
              delete(place);
              return place;
            },
            false)
        .onComplete(any -> underWay.decrementAndGet());
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Nothing was left.
    }
  }
}
