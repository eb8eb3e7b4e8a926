package io.drawbridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {

  @ParameterizedTest
  @ValueSource(strings = {"chat.post", "chat.history", "chat.rooms"})
  void takesItsOwnExamples(String address) {
    String example = Descriptor.address(address).getJsonObject("example").encode();

    assertThat(takes(address, example)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"room\":\"general\"}",
        "{\"room\":\"General\",\"text\":\"x\"}",
        "{\"room\":\"a.b\",\"text\":\"x\"}",
        "{\"room\":\"\",\"text\":\"x\"}",
        "{\"room\":\"general\\n\",\"text\":\"x\"}",
        "{\"room\":\"general\",\"text\":\"\"}",
        "{\"room\":\"general\",\"text\":7}",
        "{\"room\":\"general\",\"text\":\"x\",\"from\":\"root\"}"
      })
  void refusesPostsOfAnotherShape(String body) {
    assertThat(takes("chat.post", body)).isFalse();
  }

  @Test
  void countsCharactersAsCodePoints() {
    var post = new JsonObject().put("room", "r".repeat(64));

    assertThat(takes("chat.post", post.put("text", "😀".repeat(4_000)).encode())).isTrue();
    assertThat(takes("chat.post", post.put("text", "😀".repeat(4_001)).encode())).isFalse();
    assertThat(takes("chat.post", post.put("text", "x").put("room", "r".repeat(65)).encode()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"room\":\"general\",\"limit\":0}",
        "{\"room\":\"general\",\"limit\":201}",
        "{\"room\":\"general\",\"before\":7}",
        "{\"room\":\"general\",\"before\":\"7\"}",
        "{\"room\":\"general\",\"after\":7}"
      })
  void refusesLooksBackOfAnotherShape(String body) {
    assertThat(takes("chat.history", body)).isFalse();
  }

  @Test
  void takesTheIdsThatItGives() {
    for (boolean stored : new boolean[] {true, false}) {
      var id = new MessageId(42, stored, new Names().next(System.currentTimeMillis()));
      var body = new JsonObject().put("room", "general").put("before", id.toString());

      assertThat(takes("chat.history", body.encode())).isTrue();
      assertThat(MessageId.parse(id.toString())).isEqualTo(id);
    }
  }

  @Test
  void hasADefaultForEverySetting() {
    assertThat(ChatSettings.of(Descriptor.defaults()))
        .isEqualTo(new ChatSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), 1_000, 10_000));
  }

  private static boolean takes(String address, String body) {
    String schema = Descriptor.address(address).getJsonObject("request").encode();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema)
        .validate(body, InputFormat.JSON)
        .isEmpty();
  }
}
