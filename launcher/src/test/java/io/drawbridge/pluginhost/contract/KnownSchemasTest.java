package io.drawbridge.pluginhost.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is known needs no compiling, and only what is in use stays known. */
class KnownSchemasTest {

  private final KnownSchemas<Object> schemas = new KnownSchemas<>();
  private final AtomicInteger compiled = new AtomicInteger();

  private static JsonNode schema(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private Object get(String type) {
    return schemas.get(
        schema(type),
        () -> {
          compiled.incrementAndGet();
          return new Object();
        });
  }

  @Test
  void equalSchemasAreCompiledOnceWhileOneOfThemIsInUse() {
    Object first = get("string");

    assertThat(get("string")).isSameAs(first);
    assertThat(get("number")).isNotSameAs(first);
    assertThat(compiled).hasValue(2);
  }

  @Test
  void whatNobodyUsesIsForgotten() {
    get("string");
    for (int n = 0; n < 100 && compiled.get() < 2; n++) {
      System.gc();
      get("string");
    }

    assertThat(compiled).hasValueGreaterThan(1);
  }

  @Test
  void whatCantBeCompiledIsTriedAgain() {
    assertThatThrownBy(
            () ->
                schemas.get(
                    schema("string"),
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(get("string")).isNotNull();
  }
}
