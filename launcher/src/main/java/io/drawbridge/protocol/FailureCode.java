package io.drawbridge.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, as clients that said hello are told; {@code docs/protocol.md} lists them.
 */
public enum FailureCode {
  INTERNAL(4100, "INTERNAL", true),
  UNAUTHORIZED(4101, "UNAUTHORIZED", false),
  UNKNOWN_ADDRESS(4102, "UNKNOWN_ADDRESS", false),
  PERMISSION_DENIED(4103, "PERMISSION_DENIED", false),
  NO_HANDLERS(4104, "NO_HANDLERS", true),
  ALREADY_REGISTERED(4105, "ALREADY_REGISTERED", false),
  LIMIT(4106, "LIMIT", false),
  BAD_REQUEST(4107, "BAD_REQUEST", false),
  TIMEOUT(4108, "TIMEOUT", true),
  TOKEN_EXPIRED(4109, "TOKEN_EXPIRED", false),
  HANDLER_FAILED(4110, "RECIPIENT_FAILURE", false),
  RATE_LIMITED(4111, "RATE_LIMITED", true),
  UNRECOVERABLE(4112, "UNRECOVERABLE", false),
  DRAINING(4113, "DRAINING", true);

  private static final Map<Integer, FailureCode> BY_CODE = new HashMap<>();

  static {
    for (FailureCode code : values()) {
      BY_CODE.put(code.code, code);
    }
  }

  private final int code;
  private final String type;
  private final boolean temporary;

  FailureCode(int code, String type, boolean temporary) {
    this.code = code;
    this.type = type;
    this.temporary = temporary;
  }

  /** The failure with this number; null for what handlers made up themselves. */
  public static @Nullable FailureCode of(int code) {
    return BY_CODE.get(code);
  }

  /** Whether a number is reserved for the bridge and the plugin host. */
  public static boolean reserved(int code) {
    return code >= 4100 && code <= 4199;
  }

  public int code() {
    return code;
  }

  /** The {@code failureType} on the wire. */
  public String type() {
    return type;
  }

  /** Whether trying again later may help. */
  public boolean temporary() {
    return temporary;
  }
}
