package io.drawbridge.config;

/**
 * How much may happen at once when plugins are changed.
 *
 * @param waiting changes of one plugin that may wait for their turn; the next is refused
 * @param draining earlier versions of one plugin that may still be finishing; the next change waits
 * @param uploads jars that may be on their way to the server; the next is refused
 * @param uploadSeconds how long one may take
 */
public record ChangesConfig(int waiting, int draining, int uploads, int uploadSeconds) {

  public ChangesConfig {
    new Checks("/plugins/changes")
        .bounds("waiting", waiting)
        .bounds("draining", draining)
        .bounds("uploads", uploads)
        .bounds("uploadSeconds", uploadSeconds)
        .done();
  }
}
