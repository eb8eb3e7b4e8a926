package io.drawbridge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbridge.bridge.BridgeListener.Source;
import io.drawbridge.permission.Subject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditLogTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Source ALICE =
      new Source(
          "s-1",
          "raw",
          "192.0.2.7",
          new Subject("alice", Set.of("chat:read"), Map.of(), Instant.MAX));

  private final Recorded recorded = new Recorded();
  private final AtomicLong clock = new AtomicLong(5 * SECOND);
  private final AuditLog audit = new AuditLog(recorded.logger(), 3, clock::get);

  @Test
  void aRefusalSaysWhoWantedWhatFromWhere() {
    audit.refused(ALICE, "access_denied", 4103, "chat.admin", "no rule lets you send there");

    assertThat(recorded.lines())
        .containsExactly(
            "refused: access_denied subject=alice session=s-1 transport=raw remote=192.0.2.7"
                + " address=chat.admin code=4103 reason=no rule lets you send there");
  }

  @Test
  void aFloodIsCutAndTheNextSecondSaysHowMuchIsMissing() {
    for (int i = 0; i < 10; i++) {
      audit.signIn("mallory", "192.0.2.66", 401);
    }
    clock.addAndGet(SECOND);
    audit.signIn("alice", "192.0.2.7", 200);

    assertThat(recorded.lines()).hasSize(5);
    assertThat(recorded.lines().get(3)).isEqualTo("audit lines left out count=7");
    assertThat(recorded.lines().get(4))
        .isEqualTo("sign-in subject=alice remote=192.0.2.7 status=200");
  }

  @Test
  void aQuietSecondOwesNoLineAboutMissingOnes() {
    audit.adminCall("carol", "127.0.0.1", "GET /admin/api/plugins", 200);
    clock.addAndGet(SECOND);
    audit.closing(ALICE, 3008, "too slow");

    assertThat(recorded.lines())
        .containsExactly(
            "admin call subject=carol remote=127.0.0.1 path=GET /admin/api/plugins status=200",
            "closed by us subject=alice session=s-1 transport=raw remote=192.0.2.7 code=3008"
                + " reason=too slow");
  }
}
