package io.drawbridge.pluginhost.routing;

import io.drawbridge.pluginhost.contract.PluginDescriptor;
import io.drawbridge.pluginhost.contract.PluginDescriptor.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A generation as calls see it: its addresses, and a lane to each of its instances. */
public final class Target {

  private final int generation;
  private final Map<String, Address> served = new HashMap<>();
  private final Map<String, List<Lane>> lanes;
  private final CallLimits limits;
  private final CallFigures figures = new CallFigures();

  /**
   * A target that is not called yet.
   *
   * @param generation which version since the server started, from 1
   * @param lanes by address, one for each instance
   */
  public Target(
      int generation,
      PluginDescriptor descriptor,
      Map<String, List<Lane>> lanes,
      CallLimits limits) {
    this.generation = generation;
    this.lanes = Map.copyOf(lanes);
    this.limits = limits;
    for (Address address : descriptor.served()) {
      if (lanes.containsKey(address.address())) {
        served.put(address.address(), address);
      }
    }
  }

  /** Which version since the server started, from 1. */
  public int generation() {
    return generation;
  }

  /** What became of the calls so far. */
  public CallFigures figures() {
    return figures;
  }

  /** What the descriptor says of an address; null if this generation does not serve it. */
  @Nullable Address address(String address) {
    return served.get(address);
  }

  /** The addresses that it is called at. */
  Iterable<String> addresses() {
    return served.keySet();
  }

  List<Lane> lanes(String address) {
    return lanes.getOrDefault(address, List.of());
  }

  CallLimits limits() {
    return limits;
  }

  long patienceNanos() {
    return TimeUnit.SECONDS.toNanos(limits.requestSeconds());
  }
}
