package io.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers and deployments, as a plugin's author would use them. */
class TestBridgeTest {

  @RegisterExtension
  static final TestBridge bridge =
      TestBridge.with(Samples.greet())
          .configuring("greet", new JsonObject().put("greeting", "Good day"))
          .permitting("{\"address\": \"greet.room.{room}\", \"register\": \"greet:hear\"}");

  @Test
  void aBrowserWithTheAuthorityIsAnswered() {
    JsonObject reply =
        bridge.browser("alice", "greet:use").request("greet.hello", new JsonObject());

    assertThat(reply.getString("text")).isEqualTo("Good day alice");
  }

  @Test
  void aBrowserWithoutItIsRefusedAndAStrangerToo() {
    RefusedException refusal = bridge.browser("bob").refused("greet.hello", new JsonObject());

    assertThat(refusal.code()).isEqualTo(4103);
    assertThat(bridge.stranger().refused("greet.hello", new JsonObject()).code()).isEqualTo(4101);
  }

  @Test
  void aBodyThatBreaksTheSchemaIsRefusedByItsPlace() {
    RefusedException refusal =
        bridge
            .browser("alice", "greet:use")
            .refused("greet.hello", new JsonObject().put("room", 7));

    assertThat(refusal.code()).isEqualTo(4107);
    assertThat(refusal.text()).startsWith("/room");
  }

  @Test
  void theHandlersOwnRefusalComesThrough() {
    RefusedException refusal =
        bridge.browser("eve", "greet:use").refused("greet.hello", new JsonObject());

    assertThat(refusal).hasMessage("403 not you");
  }

  @Test
  void anAnswerWhereARefusalWasExpectedFailsTheTest() {
    Browser alice = bridge.browser("alice", "greet:use");

    assertThatThrownBy(() -> alice.refused("greet.hello", new JsonObject()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("should have refused");
  }

  @Test
  void whatIsPublishedReachesWhoIsRegistered() {
    Inbox room = bridge.browser("bob", "greet:hear").register("greet.room.blue");

    bridge
        .browser("alice", "greet:use")
        .request("greet.hello", new JsonObject().put("room", "blue"));

    assertThat(room.next().getString("text")).isEqualTo("Good day alice");
  }

  @Test
  void whoMayNotRegisterIsTold() {
    Browser alice = bridge.browser("alice", "greet:use");

    assertThatThrownBy(() -> alice.register("greet.room.blue"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("4103");
  }

  @Test
  void aVersionThatIsRefusedFailsTheTestWithTheReason() {
    PluginJar broken =
        Samples.greet()
            .version("9.0.0")
            .descriptor(Samples.greet().descriptor().put("version", "9.0.0").put("api", "^7.0"));

    assertThatThrownBy(() -> bridge.deploy(broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("/api: asks for plugin API ^7.0");
  }

  @Test
  void aVersionCanBeDeployedRolledBackAndListed() {
    JsonObject deployed = bridge.deploy(Samples.greet().version("1.1.0"));
    JsonObject rolledBack = bridge.rollBack("greet");

    assertThat(deployed.getString("version")).isEqualTo("1.1.0");
    assertThat(rolledBack.getString("version")).isEqualTo("1.0.0");
    assertThat(bridge.plugins())
        .extracting(each -> each.getString("id"))
        .isEqualTo(List.of("greet"));
  }
}
