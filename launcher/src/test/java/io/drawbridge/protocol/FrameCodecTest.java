package io.drawbridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

  private final FrameCodec codec = new FrameCodec(200, 64, 64);

  @Test
  void readsARequestWithAllItsParts() {
    ClientFrame frame =
        decode(
            """
            {"type":"send","address":"a.b","headers":{"n":1,"list":["x",true]},"body":{"k":[1.5,null]},
             "replyAddress":"r","timeoutMs":50,"id":9007199254740991,"unknown":"ignored"}
            """);

    var send = (ClientFrame.Send) frame;
    assertThat(send.address()).isEqualTo("a.b");
    assertThat(send.headers().get("N")).isEqualTo("1");
    assertThat(send.headers().getAll("list")).containsExactly("x", "true");
    assertThat(send.body())
        .isEqualTo(new JsonObject().put("k", new JsonArray().add(1.5).addNull()));
    assertThat(send.replyAddress()).isEqualTo("r");
    assertThat(send.timeoutMillis()).isEqualTo(50);
    assertThat(send.id()).isEqualTo(9007199254740991L);
  }

  @Test
  void readsNestingUpToTheLimitAndNoDeeper() {
    assertThat(decode(nested(63))).isInstanceOf(ClientFrame.Publish.class);
    assertThat(decode(nested(64))).isInstanceOf(ClientFrame.Malformed.class);
  }

  @Test
  void keepsPrototypeTricksAsPlainFields() {
    var frame =
        (ClientFrame.Publish)
            decode("{\"type\":\"publish\",\"address\":\"a\",\"body\":{\"__proto__\":{\"x\":1}}}");

    assertThat(frame.body())
        .isEqualTo(new JsonObject().put("__proto__", new JsonObject().put("x", 1)));
  }

  @Test
  void takesTheBearerTokenOutOfTheHeaders() {
    var frame =
        (ClientFrame.Register)
            decode(
                "{\"type\":\"register\",\"address\":\"a\",\"headers\":{\"AUTHORIZATION\":\"bearer t.o.k\"}}");

    assertThat(frame.bearer()).isEqualTo("t.o.k");
    assertThat(frame.toString()).doesNotContain("t.o.k");
  }

  @Test
  void refusesMoreHeadersThanTheLimit() {
    StringBuilder headers = new StringBuilder("{\"h\":[0");
    headers.append(",0".repeat(64)).append("]}");

    ClientFrame frame = decode("{\"type\":\"send\",\"address\":\"a\",\"headers\":" + headers + "}");

    assertThat(((ClientFrame.Malformed) frame).error().word()).isEqualTo(BridgeError.REJECTED);
  }

  @Test
  void readsSurrogatePairsWrittenAsEscapes() {
    var frame =
        (ClientFrame.Publish)
            decode("{\"type\":\"publish\",\"address\":\"a\",\"body\":\"\\ud83d\\ude00\"}");

    assertThat(frame.body()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void namesTheIdAndReplyAddressOfAFrameItRefuses() {
    var frame =
        (ClientFrame.Malformed)
            decode("{\"type\":\"send\",\"replyAddress\":\"r\",\"id\":7,\"address\":{}}");

    assertThat(frame.error().word()).isEqualTo(BridgeError.MISSING_ADDRESS);
    assertThat(frame.id()).isEqualTo(7);
    assertThat(frame.replyAddress()).isEqualTo("r");
  }

  @Test
  void answersEveryMutilatedFrameWithAFrame() {
    Random random = new Random(7);
    byte[] whole =
        ("{\"type\":\"send\",\"address\":\"a\",\"headers\":{\"h\":\"\\u0041\"},"
                + "\"body\":{\"x\":[1,2.5e3,\"é\\\"\"]},\"replyAddress\":\"r\",\"id\":7}")
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] broken = whole.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
      }
      assertThat(codec.decode(broken)).isNotNull();
    }
  }

  private static String nested(int depth) {
    return "{\"type\":\"publish\",\"address\":\"a\",\"body\":"
        + "[".repeat(depth)
        + "]".repeat(depth)
        + "}";
  }

  private ClientFrame decode(String json) {
    return codec.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}
