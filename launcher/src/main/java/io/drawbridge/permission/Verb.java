package io.drawbridge.permission;

/** What a browser can want with an address. */
public enum Verb {
  REGISTER,
  SEND,
  PUBLISH
}
