package io.drawbridge.ops;

/** Why an upload is not taken: an HTTP status and a sentence for who sent it. */
final class UploadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  UploadException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
