package io.drawbridge.chat;

/**
 * A message's id: where in its room's stream it is, and a name of its own. Ids of a room sort, as
 * text, in the order of its messages. One that was not kept sorts behind the last one that was, and
 * before the next.
 *
 * @param offset its offset, or that of the last message kept before it
 * @param stored whether it was kept
 * @param name unique by itself
 */
record MessageId(long offset, boolean stored, String name) {

  private static final int DIGITS = 16;
  private static final char STORED = '-';
  private static final char NOT_STORED = '~';

  /** Reads what the schema has let through. */
  static MessageId parse(String text) {
    return new MessageId(
        Long.parseLong(text.substring(0, DIGITS)),
        text.charAt(DIGITS) == STORED,
        text.substring(DIGITS + 1));
  }

  /** The offset that everything older than this message lies before. */
  long end() {
    return stored ? offset : offset + 1;
  }

  @Override
  public String toString() {
    return String.format("%016d%c%s", offset, stored ? STORED : NOT_STORED, name);
  }
}
