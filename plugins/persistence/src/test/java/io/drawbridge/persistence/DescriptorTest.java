package io.drawbridge.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {

  @ParameterizedTest
  @ValueSource(strings = {"persistence.append", "persistence.read"})
  void takesItsOwnExamples(String address) {
    JsonObject served = Descriptor.address(address);

    assertThat(takes(address, served.getJsonObject("example").encode())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"stream\":\"s\"}",
        "{\"stream\":\"\",\"body\":1}",
        "{\"stream\":\"a b\",\"body\":1}",
        "{\"stream\":7,\"body\":1}",
        "{\"stream\":\"s\\n\",\"body\":1}",
        "{\"stream\":\"s\",\"body\":1,\"key\":\"\"}",
        "{\"stream\":\"s\",\"body\":1,\"key\":\"~ours\"}",
        "{\"stream\":\"s\",\"body\":1,\"surprise\":1}",
        "[]"
      })
  void refusesAppendsOfAnotherShape(String body) {
    assertThat(takes("persistence.append", body)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"stream\":\"s\",\"after\":1,\"before\":2}",
        "{\"stream\":\"s\",\"after\":-1}",
        "{\"stream\":\"s\",\"after\":1.5}",
        "{\"stream\":\"s\",\"before\":0}",
        "{\"stream\":\"s\",\"limit\":0}",
        "{\"stream\":\"s\",\"limit\":501}"
      })
  void refusesReadsOfAnotherShape(String body) {
    assertThat(takes("persistence.read", body)).isFalse();
  }

  @Test
  void hasADefaultForEverySetting() {
    assertThat(PersistenceSettings.of(Descriptor.defaults()))
        .isEqualTo(new PersistenceSettings(10_000, 33_554_432, 500, 65_536, 5_000));
  }

  private static boolean takes(String address, String body) {
    String schema = Descriptor.address(address).getJsonObject("request").encode();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema)
        .validate(body, InputFormat.JSON)
        .isEmpty();
  }
}
