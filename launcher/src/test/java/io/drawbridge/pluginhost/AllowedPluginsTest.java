package io.drawbridge.pluginhost;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbridge.pluginhost.contract.PluginException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedPluginsTest {

  private static final String GREET = "ab".repeat(32);
  private static final String CHAT = "cd".repeat(32);

  @Test
  void withoutAListEveryPluginMayRun() {
    assertThatCode(() -> new AllowedPlugins(null).check("greet.jar", GREET))
        .doesNotThrowAnyException();
  }

  @Test
  void withAListOnlyWhatItNamesMayRun() {
    var allowed = new AllowedPlugins(Set.of(GREET));

    assertThatCode(() -> allowed.check("greet.jar", GREET)).doesNotThrowAnyException();
    assertThatThrownBy(() -> allowed.check("chat.jar", CHAT))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("chat.jar")
        .hasMessageContaining(CHAT)
        .hasMessageContaining("plugins.allow");
  }

  @Test
  void anEmptyListAllowsNothing() {
    assertThatThrownBy(() -> new AllowedPlugins(Set.of()).check("greet.jar", GREET))
        .isInstanceOf(PluginException.class);
  }
}
