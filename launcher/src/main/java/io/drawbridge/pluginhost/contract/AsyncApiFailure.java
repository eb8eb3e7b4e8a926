package io.drawbridge.pluginhost.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawbridge.protocol.FailureCode;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a request gets instead of a reply, in the words of AsyncAPI. */
final class AsyncApiFailure {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AsyncApiFailure() {}

  static ObjectNode message() {
    ObjectNode message =
        NODES
            .objectNode()
            .put("name", "failure")
            .put("summary", "The request was refused, or its handler failed.");
    message.putObject("payload").put("$ref", "#/components/schemas/failure");
    return message;
  }

  static ObjectNode schema() {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    schema.putArray("required").add("failureCode").add("failureType").add("message");
    ObjectNode fields = schema.putObject("properties");
    ObjectNode code = fields.putObject("failureCode").put("type", "integer");
    code.put("description", "The server's own: " + codes() + ". Others are the handler's.");
    fields.putObject("failureType").put("type", "string");
    fields.putObject("message").put("type", "string").put("description", "Why, for a person.");
    fields
        .putObject("temporary")
        .put("type", "boolean")
        .put("description", "Whether the same request may succeed later.");
    fields
        .putObject("retryAfterMs")
        .put("type", "integer")
        .put("description", "When to try again, if the server says so.");
    ObjectNode listed = schema.putObject("x-drawbridge-codes");
    for (FailureCode each : FailureCode.values()) {
      listed.put(String.valueOf(each.code()), each.type());
    }
    return schema;
  }

  private static String codes() {
    return Stream.of(FailureCode.values())
        .map(each -> each.code() + " " + each.type())
        .collect(Collectors.joining(", "));
  }
}
