package io.drawbridge.pluginhost.routing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one generation does at one address: its lanes and the calls under way in them. Guarded by
 * its {@link AddressQueue}.
 */
final class Serving {

  final Target target;
  final Set<Call> running = new LinkedHashSet<>();
  private final List<Lane> lanes;
  private final int inFlight;

  /** What one instance that is stuck can hold of the slots. */
  private final int turnsPerLane;

  private int busy;
  private int nextLane;

  Serving(Target target, String address) {
    this.target = target;
    this.lanes = target.lanes(address);
    this.inFlight = target.limits().inFlight();
    this.turnsPerLane = Math.max(1, inFlight / lanes.size());
  }

  List<Lane> lanes() {
    return lanes;
  }

  /** Whether a handler of this generation is still inside a call of that sender. */
  boolean inside(String sender) {
    for (Lane lane : lanes) {
      for (Call call : lane.entered) {
        if (call.sender().equals(sender)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A session's calls go to one instance; those from inside the cluster go round. */
  void add(Call call) {
    String sender = call.sender();
    int lane = sender.isEmpty() ? nextLane++ : sender.hashCode();
    lanes.get(Math.floorMod(lane, lanes.size())).waiting.add(call);
  }

  /** Gives up those of the waiting calls that fit. */
  void giveUp(Predicate<Call> fitting, List<Call> to) {
    for (Lane lane : lanes) {
      lane.waiting.removeIf(call -> fitting.test(call) && to.add(call));
    }
  }

  /** A lane whose context should take another call, if a slot is free. */
  @Nullable Lane turn() {
    if (busy >= inFlight) {
      return null;
    }
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(Math.floorMod(nextLane + i, lanes.size()));
      if (lane.waiting.size() > lane.turns && lane.turns < turnsPerLane) {
        nextLane++;
        lane.turns++;
        busy++;
        return lane;
      }
    }
    return null;
  }

  /** The call whose turn has come; null if it was answered or taken elsewhere meanwhile. */
  @Nullable Call begin(Lane lane) {
    lane.turns--;
    Call call = lane.waiting.poll();
    if (call == null) {
      busy--;
    } else {
      running.add(call);
      lane.entered.add(call);
    }
    return call;
  }

  /** Frees a call's slot; false if that has happened before. */
  boolean end(Call call) {
    boolean first = running.remove(call);
    if (first) {
      busy--;
    }
    return first;
  }

  /** Whether nothing waits here, nothing is under way and no handler is still inside. */
  boolean idle() {
    return running.isEmpty()
        && lanes.stream().allMatch(lane -> lane.waiting.isEmpty() && lane.entered.isEmpty());
  }
}
