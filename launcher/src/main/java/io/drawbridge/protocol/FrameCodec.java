package io.drawbridge.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to client frames. What is wrong with a frame is told by the word that the stock bridge has
 * for it, or by the nearest one. Stateless and thread-safe.
 */
public final class FrameCodec {

  /** The longest reply address; stock clients make UUIDs. */
  public static final int MAX_REPLY_ADDRESS = 36;

  private final JsonFactory json;
  private final int maxAddress;
  private final int maxHeaders;

  /**
   * @param maxAddress the longest address, in UTF-16 units
   * @param maxHeaders the most header values of one frame
   * @param maxNesting how deep a frame may nest, itself counted
   */
  public FrameCodec(int maxAddress, int maxHeaders, int maxNesting) {
    this.json = StrictJson.factory(maxNesting);
    this.maxAddress = maxAddress;
    this.maxHeaders = maxHeaders;
  }

  /** Decodes one message; malformed input is a frame too. */
  public ClientFrame decode(byte[] utf8) {
    Map<String, @Nullable Object> fields;
    try {
      fields = StrictJson.readObject(json, utf8);
    } catch (IOException e) {
      return malformed(
          new BridgeError(
              BridgeError.INVALID_JSON,
              FailureCode.BAD_REQUEST,
              "send one JSON object per message, nested no deeper than limits.nesting, without"
                  + " duplicate keys or lone surrogates"),
          null,
          null,
          ClientFrame.NO_ID);
    }
    Reader reader = new Reader(fields);
    try {
      return reader.frame();
    } catch (Refused e) {
      return malformed(e.error, reader.safeAddress(), reader.safeReplyAddress(), reader.safeId());
    }
  }

  private static ClientFrame malformed(
      BridgeError error, @Nullable String address, @Nullable String replyAddress, long id) {
    return new ClientFrame.Malformed(error, address, replyAddress, id);
  }

  /** Ends the reading of one frame; carries no stack, so that bad input stays cheap. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient BridgeError error;

    private Refused(String word, FailureCode code, String message) {
      super(message, null, false, false);
      this.error = new BridgeError(word, code, message);
    }
  }

  private static Refused rejected(String message) {
    return new Refused(BridgeError.REJECTED, FailureCode.BAD_REQUEST, message);
  }

  /** Picks the parts of one frame out of its fields. */
  private final class Reader {

    private final Map<String, @Nullable Object> fields;

    private Reader(Map<String, @Nullable Object> fields) {
      this.fields = fields;
    }

    private ClientFrame frame() throws Refused {
      Object type = fields.get("type");
      if (type == null) {
        throw new Refused(
            BridgeError.MISSING_TYPE, FailureCode.BAD_REQUEST, "the frame has no type");
      }
      return type instanceof String name ? typed(name) : refuseType();
    }

    private ClientFrame typed(String type) throws Refused {
      return switch (type) {
        case "ping" -> new ClientFrame.Ping(hello());
        case "pong" -> new ClientFrame.Pong();
        case "refresh" -> new ClientFrame.Refresh(requiredText("token"), id());
        default -> addressed(type, address());
      };
    }

    private ClientFrame addressed(String type, String address) throws Refused {
      return switch (type) {
        case "register" -> {
          FrameHeaders headers = headers();
          boolean recover = has("recover") || has("last") || headers.recover();
          yield new ClientFrame.Register(address, id(), recover, headers.token());
        }
        case "unregister" -> new ClientFrame.Unregister(address, id());
        case "send" -> {
          FrameHeaders headers = headers();
          yield new ClientFrame.Send(
              address,
              headers.forBus(),
              body(),
              replyAddress(),
              timeout(),
              has("key"),
              id(),
              headers.token());
        }
        case "publish" -> {
          FrameHeaders headers = headers();
          yield new ClientFrame.Publish(
              address, headers.forBus(), body(), has("key"), id(), headers.token());
        }
        case "history" -> new ClientFrame.History(address, id());
        default -> refuseType();
      };
    }

    private ClientFrame refuseType() throws Refused {
      throw new Refused(
          BridgeError.INVALID_TYPE, FailureCode.BAD_REQUEST, "the frame's type is not known");
    }

    private ClientFrame.@Nullable Hello hello() throws Refused {
      Object ext = fields.get("ext");
      if (ext == null) {
        return null;
      }
      if (!(ext instanceof Map<?, ?> wishes)) {
        throw rejected("ext must be an object");
      }
      if (!(wishes.get("v") instanceof Integer version) || version < 1) {
        throw rejected("ext.v must be the protocol version, 1");
      }
      Object token = wishes.get("token");
      if (token != null && !(token instanceof String)) {
        throw rejected("ext.token must be a string");
      }
      return new ClientFrame.Hello(version, (String) token, wishes.get("subs") != null);
    }

    private String address() throws Refused {
      if (!(fields.get("address") instanceof String address)) {
        throw new Refused(
            BridgeError.MISSING_ADDRESS,
            FailureCode.BAD_REQUEST,
            "the frame has no address that is a string");
      }
      if (address.length() > maxAddress) {
        throw new Refused(
            BridgeError.ADDRESS_TOO_LONG,
            FailureCode.LIMIT,
            "an address has at most " + maxAddress + " characters");
      }
      if (address.chars().anyMatch(Character::isISOControl)) {
        throw rejected("an address has no control characters");
      }
      return address;
    }

    private @Nullable String replyAddress() throws Refused {
      Object reply = fields.get("replyAddress");
      if (reply == null) {
        return null;
      }
      if (reply instanceof String text && !text.isEmpty() && text.length() <= MAX_REPLY_ADDRESS) {
        return text;
      }
      throw new Refused(
          BridgeError.INVALID_REPLY_ADDRESS,
          FailureCode.BAD_REQUEST,
          "replyAddress must be a string of 1 to " + MAX_REPLY_ADDRESS + " characters");
    }

    private long id() throws Refused {
      Object id = fields.get("id");
      if (id == null) {
        return ClientFrame.NO_ID;
      }
      if (id instanceof Number && safeId() != ClientFrame.NO_ID) {
        return safeId();
      }
      throw rejected("id must be a whole number from 0 to 9007199254740991");
    }

    private long timeout() throws Refused {
      Object timeout = fields.get("timeoutMs");
      if (timeout == null) {
        return 0;
      }
      if (timeout instanceof Integer millis && millis > 0) {
        return millis;
      }
      throw rejected("timeoutMs must be a whole number of milliseconds above 0");
    }

    private FrameHeaders headers() throws Refused {
      Object headers = fields.get("headers");
      if (headers == null) {
        return FrameHeaders.none();
      }
      if (!(headers instanceof Map<?, ?> map)) {
        throw rejected("headers must be an object");
      }
      FrameHeaders read = FrameHeaders.read(map, maxHeaders);
      if (read == null) {
        throw rejected(
            "headers must be at most "
                + maxHeaders
                + " strings, numbers, booleans or lists of them, without control characters");
      }
      return read;
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object body() throws Refused {
      Object body = fields.get("body");
      if (body instanceof Map<?, ?> map) {
        return new JsonObject((Map<String, Object>) map);
      }
      if (body instanceof List<?> list) {
        return new JsonArray((List<Object>) list);
      }
      if (body instanceof BigInteger) {
        throw rejected("a body that is a number must fit in 64 bits");
      }
      return body;
    }

    private String requiredText(String field) throws Refused {
      if (fields.get(field) instanceof String text) {
        return text;
      }
      throw rejected(field + " must be a string");
    }

    private boolean has(String field) {
      return fields.get(field) != null;
    }

    private @Nullable String safeAddress() {
      return fields.get("address") instanceof String address && address.length() <= maxAddress
          ? address
          : null;
    }

    private @Nullable String safeReplyAddress() {
      return "send".equals(fields.get("type"))
              && fields.get("replyAddress") instanceof String reply
              && reply.length() <= MAX_REPLY_ADDRESS
          ? reply
          : null;
    }

    private long safeId() {
      Object id = fields.get("id");
      if (id instanceof Integer || id instanceof Long) {
        long number = ((Number) id).longValue();
        return number >= 0 && number <= 9007199254740991L ? number : ClientFrame.NO_ID;
      }
      return ClientFrame.NO_ID;
    }
  }
}
