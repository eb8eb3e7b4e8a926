package io.drawbridge.pluginhost.routing;

import io.drawbridge.protocol.FailureCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits at one address and what is under way there, both bounded. Calls of one sender go to
 * one instance and start in the order in which they came, also when the plugin's route is pointed
 * elsewhere meanwhile: what waits moves along, and a sender whose earlier call is just being handed
 * to a handler is held until that handler has returned. Thread-safe: calls come on the host's event
 * loop and end on the plugin's.
 */
final class AddressQueue {

  /** Hands a call to the handler of a lane, on the instance's context; returns when that does. */
  interface Starting {
    void start(Call call, Target target, Lane lane);
  }

  /** The calls of one sender who waits until a handler of another generation has returned. */
  private record Hold(Serving entered, Deque<Call> calls) {}

  private final String address;
  private final PluginRoute route;
  private final Starting starting;

  /** The generations that have something to do here: the one in service, and those that end. */
  private final Map<Target, Serving> servings = new LinkedHashMap<>();

  private final Map<String, Hold> holds = new HashMap<>();
  private Split split = Split.NOBODY;
  private int waiting;
  private long places;

  AddressQueue(String address, PluginRoute route, Starting starting) {
    this.address = address;
    this.route = route;
    this.starting = starting;
  }

  /** Takes a call; null if it did, else why not. */
  synchronized @Nullable FailureCode offer(Call call) {
    follow();
    if (split.shut()) {
      return FailureCode.DRAINING;
    }
    Serving serving = serving(split.pick(call.caller));
    if (serving == null) {
      return FailureCode.NO_HANDLERS;
    }
    CallLimits limits = serving.target.limits();
    if (waiting + serving.running.size() >= limits.inFlight() + limits.queue()) {
      return FailureCode.LIMIT;
    }
    call.place = places++;
    waiting++;
    place(call, serving);
    turn(serving);
    return null;
  }

  /** What one generation does here; null if it does not serve this address. */
  private @Nullable Serving serving(@Nullable Target target) {
    return target == null || target.address(address) == null
        ? null
        : servings.computeIfAbsent(target, absent -> new Serving(absent, address));
  }

  private void place(Call call, Serving serving) {
    call.serving = serving;
    Hold hold = holds.get(call.sender());
    if (hold != null && hold.entered != serving) {
      hold.calls.add(call);
    } else {
      serving.add(call);
    }
  }

  /** Asks for turns while slots are free; a turn begins later, on the context of its instance. */
  private void turn(Serving serving) {
    for (Lane lane = serving.turn(); lane != null; lane = serving.turn()) {
      Lane ready = lane;
      ready.take(() -> begin(serving, ready));
    }
  }

  private void begin(Serving serving, Lane lane) {
    Call call;
    synchronized (this) {
      follow();
      call = serving.begin(lane);
      waiting -= call == null ? 0 : 1;
      turn(serving);
    }
    if (call != null) {
      try {
        starting.start(call, serving.target, lane);
      } finally {
        returned(call, serving, lane);
      }
    }
  }

  /** Goes where the route leads now: what waits moves along, in the order in which it came. */
  synchronized void follow() {
    Split now = route.split();
    if (now.equals(split)) {
      return;
    }
    split = now;
    List<Call> moved = takeWaiting(call -> true);
    servings.values().forEach(this::hold);
    moved.sort(Comparator.comparingLong(call -> call.place));
    for (Call call : moved) {
      // Where nobody serves the address any more, whoever took a call finishes it.
      Serving next = serving(split.pick(call.caller));
      Serving taker = next == null ? call.serving : next;
      if (taker != null) {
        place(call, taker);
      }
    }
    servings.values().forEach(this::turn);
    servings.values().removeIf(serving -> !current(serving) && idle(serving));
  }

  private boolean current(Serving serving) {
    return serving.target == split.stable() || serving.target == split.canary();
  }

  /** Holds every sender whose call is being handed to a handler at this moment. */
  private void hold(Serving serving) {
    for (Lane lane : serving.lanes()) {
      for (Call call : lane.entered) {
        holds.putIfAbsent(call.sender(), new Hold(serving, new ArrayDeque<>()));
      }
    }
  }

  /** A handler has returned: whoever was held because of it goes on. */
  private synchronized void returned(Call call, Serving serving, Lane lane) {
    lane.entered.remove(call);
    Hold hold = holds.get(call.sender());
    if (hold != null && hold.entered == serving && !serving.inside(call.sender())) {
      holds.remove(call.sender());
      goOn(hold);
    }
    letGo(serving);
  }

  private void goOn(Hold hold) {
    for (Call held : hold.calls) {
      if (held.serving != null) {
        held.serving.add(held);
        turn(held.serving);
      }
    }
  }

  /** Frees a call's slot; false if that has happened before, so that nobody answers twice. */
  synchronized boolean end(Call call) {
    Serving serving = call.serving;
    if (serving == null || !serving.end(call)) {
      return false;
    }
    turn(serving);
    return true;
  }

  /** Ends every call that has waited or run past its deadline. */
  void sweep(long now, Consumer<Call> ending) {
    end(call -> call.overdue(now), ending);
  }

  /**
   * Ends whatever a generation has not answered, and holds nobody any longer for a handler of it
   * that does not return.
   *
   * @return how much had to be ended
   */
  int abandon(Target target, Consumer<Call> ending) {
    int ended = end(call -> call.serving != null && call.serving.target == target, ending);
    synchronized (this) {
      List<Hold> over =
          holds.values().stream().filter(hold -> hold.entered.target == target).toList();
      holds.values().removeIf(hold -> hold.entered.target == target);
      over.forEach(this::goOn);
    }
    return ended;
  }

  /** Ends whatever has not been answered. */
  int clear(Consumer<Call> ending) {
    return end(call -> true, ending);
  }

  private int end(Predicate<Call> which, Consumer<Call> ending) {
    List<Call> ended;
    synchronized (this) {
      ended = takeWaiting(which);
      waiting -= ended.size();
      for (Serving serving : servings.values()) {
        for (Call call : List.copyOf(serving.running)) {
          if (which.test(call) && serving.end(call)) {
            ended.add(call);
          }
        }
        turn(serving);
      }
    }
    ended.forEach(ending);
    return ended.size();
  }

  private List<Call> takeWaiting(Predicate<Call> which) {
    List<Call> taken = new ArrayList<>();
    servings.values().forEach(serving -> serving.giveUp(which, taken));
    holds
        .values()
        .forEach(hold -> hold.calls.removeIf(call -> which.test(call) && taken.add(call)));
    return taken;
  }

  /** Whether nothing waits and nothing is under way. */
  synchronized boolean idle() {
    return servings.values().stream().allMatch(this::idle);
  }

  /** Whether a generation has nothing more to do here. */
  synchronized boolean idle(Target target) {
    follow();
    Serving serving = servings.get(target);
    if (serving != null) {
      letGo(serving);
    }
    return serving == null || idle(serving);
  }

  /** What has ended must not be held: its classes could never be collected. */
  private void letGo(Serving serving) {
    if (!current(serving) && idle(serving)) {
      servings.remove(serving.target);
    }
  }

  private boolean idle(Serving serving) {
    return serving.idle()
        && holds.values().stream()
            .flatMap(hold -> hold.calls().stream())
            .noneMatch(call -> call.serving == serving);
  }
}
