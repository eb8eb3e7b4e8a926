package io.drawbridge.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionPermissionsTest {

  private final Subject alice = LivePermissionsTest.subject("alice", Map.of(), "chat:write");
  private final LivePermissions live =
      new LivePermissions(
          Rules.list(
              Rules.rule("chat.post").send("chat:write"),
              Rules.rule("chat.room.{room}").register("signed-in")));

  @Test
  void aRememberedDecisionAllocatesNothing() {
    var session = new SessionPermissions(live);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] addresses = {"chat.post", "chat.room.lobby", "elsewhere"};
    decideAll(session, addresses, 20_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    long idle = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    int allowed = decideAll(session, addresses, 100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before - idle;

    assertThat(allowed).isEqualTo(200_000);
    assertThat(bytes).as("bytes for 900,000 decisions").isLessThan(1_000);
  }

  private int decideAll(SessionPermissions session, String[] addresses, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      for (String address : addresses) {
        allowed += session.decide(Verb.SEND, address, alice).allowed() ? 1 : 0;
        allowed += session.decide(Verb.REGISTER, address, alice).allowed() ? 1 : 0;
        allowed += session.decide(Verb.PUBLISH, address, alice).allowed() ? 1 : 0;
      }
    }
    return allowed;
  }

  @Test
  void eachDecisionIsAskedForOnce() {
    var counting = new Counting();
    var session = new SessionPermissions(counting);
    for (int i = 0; i < 3; i++) {
      session.decide(Verb.SEND, "chat.post", alice);
      session.decide(Verb.PUBLISH, "chat.post", alice);
    }

    assertThat(counting.asked).containsExactly("SEND chat.post", "PUBLISH chat.post");
  }

  @Test
  void whenTheRulesMoveItAsksAnew() {
    var session = new SessionPermissions(live);
    assertThat(session.decide(Verb.SEND, "greet.hello", alice).allowed()).isFalse();

    live.offer("greet", Map.of("greet.hello", "chat:write"));
    assertThat(session.decide(Verb.SEND, "greet.hello", alice).allowed()).isTrue();

    live.withdraw("greet");
    assertThat(session.decide(Verb.SEND, "greet.hello", alice).allowed()).isFalse();
  }

  @Test
  void whenTheSubjectChangesItAsksAnew() {
    var session = new SessionPermissions(live);
    assertThat(session.decide(Verb.SEND, "chat.post", alice).allowed()).isTrue();

    var fewer = LivePermissionsTest.subject("alice", Map.of());
    assertThat(session.decide(Verb.SEND, "chat.post", fewer).allowed()).isFalse();
    assertThat(session.decide(Verb.SEND, "chat.post", alice).allowed()).isTrue();
    assertThat(session.decide(Verb.SEND, "chat.post", Subject.ANONYMOUS).allowed()).isFalse();
  }

  @Test
  void itRemembersABoundedNumberOfAddresses() {
    var counting = new Counting();
    var session = new SessionPermissions(counting, 10);
    for (int i = 0; i < 1_000; i++) {
      session.decide(Verb.SEND, "a." + i, alice);
    }

    assertThat(session.remembered()).isBetween(1, 10);
    assertThat(counting.asked).hasSize(1_000);
  }

  /** Allows everything and writes down what it was asked. */
  private static final class Counting implements Permissions {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Decision decide(Verb verb, String address, Subject subject) {
      asked.add(verb + " " + address);
      return new Decision(Decision.Outcome.ALLOWED, null);
    }

    @Override
    public long version() {
      return 0;
    }
  }
}
