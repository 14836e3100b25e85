package dev.berth.agent.slices;

import dev.berth.agent.devices.Card;
import dev.berth.agent.devices.NodeInventory;
import dev.berth.agent.dra.Driver;
import dev.berth.agent.scheduler.NodeCapacity;
import io.fabric8.kubernetes.api.model.resource.v1.CounterSet;
import io.fabric8.kubernetes.api.model.resource.v1.Device;
import io.fabric8.kubernetes.api.model.resource.v1.ResourcePoolBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpec;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceSliceSpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ResourceSlices of a node as they should be: one pool named after the node, first slices with
 * counter sets, then slices with devices. Limits are those of resource.k8s.io/v1: 8 counter sets a
 * slice, 64 devices a slice where any consumes counters or is tainted.
 */
public final class SlicePlan {
  static final int COUNTER_SETS = 8;
  static final int DEVICES = 64;

  private SlicePlan() {}

  /** Contents in order; generation and count are those of {@link #withPool}. */
  public static List<ResourceSliceSpec> of(
      String node, NodeInventory inventory, Map<String, String> unhealthy, NodeCapacity capacity) {
    List<CounterSet> counters = inventory.cards().stream().map(CardCounters::set).toList();
    List<Device> devices =
        inventory.specs().values().stream()
            .map(s -> DeviceEntries.of(s, card(inventory, s), unhealthy, capacity))
            .toList();
    List<ResourceSliceSpec> slices = new ArrayList<>();
    chunks(counters, COUNTER_SETS)
        .forEach(c -> slices.add(base(node).withSharedCounters(c).build()));
    chunks(devices, DEVICES).forEach(d -> slices.add(base(node).withDevices(d).build()));
    return slices;
  }

  private static Optional<Card> card(NodeInventory inventory, NodeInventory.DeviceSpec spec) {
    return inventory.card(spec.footprint().card());
  }

  private static ResourceSliceSpecBuilder base(String node) {
    return new ResourceSliceSpecBuilder().withDriver(Driver.NAME).withNodeName(node);
  }

  /** The same contents as one generation of the pool. */
  public static List<ResourceSliceSpec> withPool(
      String node, List<ResourceSliceSpec> slices, long generation) {
    return slices.stream()
        .map(
            s ->
                new ResourceSliceSpecBuilder(s)
                    .withPool(
                        new ResourcePoolBuilder()
                            .withName(node)
                            .withGeneration(generation)
                            .withResourceSliceCount((long) slices.size())
                            .build())
                    .build())
        .toList();
  }

  private static <T> Stream<List<T>> chunks(List<T> all, int size) {
    return Stream.iterate(0, i -> i < all.size(), i -> i + size)
        .map(i -> all.subList(i, Math.min(i + size, all.size())));
  }
}
