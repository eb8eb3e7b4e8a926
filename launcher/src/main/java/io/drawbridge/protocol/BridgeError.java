package io.drawbridge.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A refusal as a value: the word that stock clients know, and what clients that said hello are told
 * besides.
 *
 * @param word the frozen word in {@code err.body}
 * @param code the failure code
 * @param message one sentence for a person, with what to do
 * @param retryAfterMillis when trying again makes sense; null where that is not known
 */
public record BridgeError(
    String word, FailureCode code, String message, @Nullable Long retryAfterMillis) {

  public static final String INVALID_JSON = "invalid_json";
  public static final String MISSING_TYPE = "missing_type";
  public static final String MISSING_ADDRESS = "missing_address";
  public static final String INVALID_TYPE = "invalid_type";
  public static final String INVALID_REPLY_ADDRESS = "invalid_reply_address";
  public static final String ALREADY_REGISTERED = "address_already_registered";
  public static final String ADDRESS_TOO_LONG = "max_address_length_reached";
  public static final String TOO_MANY_HANDLERS = "max_handlers_reached";
  public static final String ACCESS_DENIED = "access_denied";
  public static final String REJECTED = "rejected";
  public static final String NOT_LOGGED_IN = "not_logged_in";
  public static final String AUTH_ERROR = "auth_error";
  public static final String REGISTRATION_FAILURE = "registration_failure";

  public BridgeError(String word, FailureCode code, String message) {
    this(word, code, message, null);
  }

  /** A frame that is understood and makes no sense. */
  public static BridgeError rejected(String message) {
    return new BridgeError(REJECTED, FailureCode.BAD_REQUEST, message);
  }

  /** A type that only clients know who said hello. */
  public static BridgeError helloFirst() {
    return new BridgeError(INVALID_TYPE, FailureCode.BAD_REQUEST, "say hello before this type");
  }

  /** More than a rate allows. */
  public static BridgeError tooFast(String message, long retryAfterMillis) {
    return new BridgeError(REJECTED, FailureCode.RATE_LIMITED, message, retryAfterMillis);
  }

  /** Something that a later version brings. */
  public static BridgeError notYet(String what) {
    return rejected(what + " is not available in this version");
  }
}
