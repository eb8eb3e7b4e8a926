package io.drawbridge.config;

/**
 * One thing that is wrong in the settings, and what to do about it.
 *
 * @param file the file as a person would open it; {@code settings} for those made in code
 * @param pointer the JSON pointer of the value; empty for the whole file
 * @param problem what is wrong, without a full stop
 * @param suggestion what to do, without a full stop
 */
public record Mistake(String file, String pointer, String problem, String suggestion) {

  /** The same mistake, seen from a file that holds the value deeper down. */
  Mistake movedTo(String newFile, String newPointer) {
    return new Mistake(newFile, newPointer, problem, suggestion);
  }

  @Override
  public String toString() {
    String place = pointer.isEmpty() ? file : file + ":" + pointer;
    return place + ": " + problem + ". " + suggestion;
  }
}
