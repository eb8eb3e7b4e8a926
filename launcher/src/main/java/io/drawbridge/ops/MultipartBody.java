package io.drawbridge.ops;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A multipart body with one file in it, on its way to the disk. Whatever is wrong with it, it is
 * read to its end, so that its sender hears why. Runs on the request's event loop.
 */
final class MultipartBody {

  private static final String PART = "plugin";
  private static final Pattern UNWANTED = Pattern.compile("[^A-Za-z0-9._-]");
  private static final int NAME_LENGTH = 100;
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

  /** More than a closing boundary may have. */
  private static final int TAIL_BYTES = 100;

  private final HttpServerRequest request;
  private final long mostBytes;
  private final Promise<Path> received = Promise.promise();
  private @Nullable UploadException refusal;
  private @Nullable Path file;
  private @Nullable HttpServerFileUpload part;
  private final String closing;
  private String tail = "";
  private Future<Void> written = Future.succeededFuture();

  MultipartBody(HttpServerRequest request, long mostBytes) {
    this.request = request;
    this.mostBytes = mostBytes;
    Matcher boundary = BOUNDARY.matcher(request.getHeader(HttpHeaders.CONTENT_TYPE));
    this.closing = "--" + (boundary.find() ? boundary.group(1) : "") + "--";
  }

  /** Resumes the request and writes its file into a folder. */
  Future<Path> to(Path folder, Vertx vertx, Duration patience) {
    long timer = vertx.setTimer(patience.toMillis(), late -> late(patience));
    request.setExpectMultipart(true);
    request.uploadHandler(each -> begin(each, folder));
    request.handler(this::remember);
    request.exceptionHandler(this::broken);
    request.endHandler(any -> ended());
    request.resume();
    return received.future().onFailure(any -> cancel()).onComplete(any -> vertx.cancelTimer(timer));
  }

  /** How the body ends so far: the decoder says nothing of a part that is cut off. */
  private void remember(Buffer chunk) {
    int from = Math.max(0, chunk.length() - TAIL_BYTES);
    String both = tail + chunk.getString(from, chunk.length(), "ISO-8859-1");
    tail = both.substring(Math.max(0, both.length() - TAIL_BYTES));
  }

  private void cancel() {
    if (part != null) {
      part.cancelStreamToFileSystem();
    }
  }

  private void begin(HttpServerFileUpload next, Path folder) {
    next.exceptionHandler(this::broken);
    if (!PART.equals(next.name())) {
      refuse("the part with the jar must be named plugin, not " + clean(next.name()));
    } else if (file != null) {
      refuse("send one jar at a time: there is a second part named plugin");
    }
    if (refusal != null) {
      next.handler(any -> {});
      return;
    }
    part = next;
    file = folder.resolve(fileName(next.filename()));
    written = next.streamToFileSystem(file.toString());
  }

  /** Only the first thing that is wrong is told. */
  private void refuse(String sentence) {
    if (refusal == null) {
      refusal = new UploadException(400, sentence);
    }
  }

  private void broken(Throwable cause) {
    received.tryFail(
        new UploadException(400, "the body stops half way, or is no multipart/form-data"));
  }

  private void late(Duration patience) {
    received.tryFail(
        new UploadException(
            408, "the body did not come within " + patience.toSeconds() + " s: try again"));
  }

  private void ended() {
    Path whole = file;
    if (!tail.stripTrailing().endsWith(closing)) {
      broken(new IllegalStateException("no " + closing));
      return;
    }
    if (refusal == null && !request.formAttributes().isEmpty()) {
      refuse("send nothing but the part plugin, and it as a file");
    } else if (whole == null) {
      refuse("there is no part named plugin with a file in it");
    }
    if (refusal != null || whole == null) {
      written.onComplete(any -> received.tryFail(refusal));
      return;
    }
    written.onFailure(this::unwritten).onSuccess(any -> written(whole));
  }

  /**
   * Vert.x tells nothing of a disk that is full: what has arrived is compared with what was sent.
   */
  private void written(Path whole) {
    long length = whole.toFile().length();
    long sent = part == null ? length : part.size();
    if (length < sent) {
      unwritten(new IOException(length + " of " + sent + " bytes are there"));
    } else if (length > mostBytes) {
      received.tryFail(Uploads.tooLarge(mostBytes));
    } else {
      received.tryComplete(whole);
    }
  }

  private void unwritten(Throwable cause) {
    received.tryFail(
        new UploadException(
            500,
            "the upload can't be written ("
                + cause.getMessage()
                + "): look at the disk of the data folder, is there room?"));
  }

  /** What a sender calls a file is for reading only, and leads nowhere. */
  private static String fileName(@Nullable String given) {
    String name = clean(given);
    return name.endsWith(".jar") && !name.startsWith(".") ? name : "plugin.jar";
  }

  private static String clean(@Nullable String given) {
    String name = given == null ? "" : given;
    name = UNWANTED.matcher(name.substring(name.lastIndexOf('/') + 1)).replaceAll("_");
    return name.substring(Math.max(0, name.length() - NAME_LENGTH));
  }
}
