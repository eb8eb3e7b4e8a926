package io.drawbridge.pluginhost.contract;

/**
 * What a new version of a plugin would do to those who talk to the one that runs.
 *
 * @param pointer the place in the descriptor; behind an address, the part of the schema whose
 *     promise is not kept
 * @param change what is different, in one sentence without a full stop
 * @param remedy what to do about it, without a full stop
 */
public record BreakingChange(String address, String pointer, String change, String remedy) {

  /** The change in one line. */
  public String line() {
    return pointer + " (" + address + "): " + change + ". " + remedy;
  }
}
