package io.drawbridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drawbridge.plugin.HandlerException;
import io.vertx.core.Future;

/** What a caller hears who is refused. */
final class Refusals {

  private Refusals() {}

  static void assertRefused(Future<?> answer, int code, String text) {
    Throwable refusal = catchThrowable(() -> Await.await(answer));

    assertThat(refusal).isInstanceOf(HandlerException.class).hasMessage(text);
    assertThat(((HandlerException) refusal).code()).isEqualTo(code);
  }
}
