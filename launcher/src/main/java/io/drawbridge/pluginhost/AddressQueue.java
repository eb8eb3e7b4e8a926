package io.drawbridge.pluginhost;

import io.drawbridge.plugin.Caller;
import io.drawbridge.protocol.FailureCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What waits at one address and what is under way there, both bounded. Calls of one session go to
 * one instance and start in the order in which they came. Thread-safe: calls come on the host's
 * event loop and end on the plugin's.
 */
final class AddressQueue {

  /** Ends a call that its handler has not answered. */
  interface Ending {
    void end(Call call);
  }

  /** Starts a call on the instance's context. */
  interface Starting {
    void start(Call call, Lane lane);
  }

  private final int inFlight;
  private final int queue;
  private final Starting starting;
  private final Set<Call> running = new LinkedHashSet<>();
  private final List<Lane> lanes;

  /** What one instance that is stuck can hold of the slots. */
  private final int turnsPerLane;

  private int queued;
  private int busy;
  private int nextLane;
  private boolean closed;

  AddressQueue(int inFlight, int queue, List<Lane> lanes, Starting starting) {
    this.inFlight = inFlight;
    this.queue = queue;
    this.lanes = List.copyOf(lanes);
    this.turnsPerLane = Math.max(1, inFlight / lanes.size());
    this.starting = starting;
  }

  /** Takes a call; null if it did, else why not. */
  @Nullable FailureCode offer(Call call) {
    Lane ready;
    synchronized (this) {
      if (closed) {
        return FailureCode.DRAINING;
      }
      if (queued + running.size() >= inFlight + queue) {
        return FailureCode.LIMIT;
      }
      laneOf(call.caller()).waiting.add(call);
      queued++;
      ready = turn();
    }
    start(ready);
    return null;
  }

  private Lane laneOf(Caller caller) {
    String session = caller.session();
    int lane = session == null ? nextLane++ : session.hashCode();
    return lanes.get(Math.floorMod(lane, lanes.size()));
  }

  /** A lane whose context should take another call, if a slot is free. */
  private @Nullable Lane turn() {
    if (busy >= inFlight || queued == 0) {
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

  private void start(@Nullable Lane lane) {
    if (lane != null) {
      lane.take(() -> begin(lane));
    }
  }

  private void begin(Lane lane) {
    Call call;
    Lane ready;
    synchronized (this) {
      lane.turns--;
      call = lane.waiting.poll();
      if (call == null) {
        busy--;
      } else {
        queued--;
        running.add(call);
      }
      ready = turn();
    }
    start(ready);
    if (call != null) {
      starting.start(call, lane);
    }
  }

  /** Frees a call's slot; false if that has happened before, so that nobody answers twice. */
  boolean end(Call call) {
    Lane ready;
    synchronized (this) {
      if (!running.remove(call)) {
        return false;
      }
      busy--;
      ready = turn();
    }
    start(ready);
    return true;
  }

  /** Ends every call that has waited or run past its deadline. */
  void sweep(long now, Ending ending) {
    var late = new ArrayList<Call>();
    synchronized (this) {
      for (Call call : running) {
        if (!call.overdue(now)) {
          break;
        }
        late.add(call);
      }
    }
    late.removeIf(call -> !end(call));
    synchronized (this) {
      for (Lane lane : lanes) {
        while (!lane.waiting.isEmpty() && lane.waiting.element().overdue(now)) {
          late.add(lane.waiting.remove());
          queued--;
        }
      }
    }
    late.forEach(ending::end);
  }

  /** Whether nothing waits and nothing is under way. */
  synchronized boolean idle() {
    return queued == 0 && running.isEmpty();
  }

  /** Takes no more calls, and ends those that wait or are under way. */
  void close(Ending ending) {
    List<Call> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(running);
      running.clear();
      for (Lane lane : lanes) {
        left.addAll(lane.waiting);
        lane.waiting.clear();
      }
      queued = 0;
    }
    left.forEach(ending::end);
  }
}
