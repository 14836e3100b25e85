package dev.berth.scheduler.core.preempt;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Nomination;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What nominees wait for is out of reach for everybody else. */
public final class Kept {
  private Kept() {}

  /**
   * The fleet as the request {@code id} may use it: cards and chips that are planned for others
   * look unhealthy, and processor and memory that will not be freed by victims look absent.
   */
  public static OrderedMap<String, Node> fleet(State state, String id) {
    OrderedMap<String, Node> nodes = state.nodes();
    for (Placement.Waiting nominee : state.book().nominees().values()) {
      Nomination nomination = nominee.nomination();
      if (nomination != null && !nominee.id().equals(id)) {
        nodes = without(nodes, nomination);
      }
    }
    return nodes;
  }

  private static OrderedMap<String, Node> without(
      OrderedMap<String, Node> nodes, Nomination nomination) {
    Map<String, List<Lease>> planned = new TreeMap<>();
    for (Lease lease : nomination.leases()) {
      planned.computeIfAbsent(lease.node(), node -> new ArrayList<>()).add(lease);
    }
    OrderedMap<String, Node> left = nodes;
    for (Map.Entry<String, List<Lease>> entry : planned.entrySet()) {
      Node node = left.get(entry.getKey());
      if (node != null) {
        Inventory less = less(node, entry.getValue(), nomination.victims());
        left = left.with(node.name(), node.withInventory(less));
      }
    }
    return left;
  }

  /** The victims hold processor and memory that the plan counts on: that is not kept twice. */
  private static Inventory less(Node node, List<Lease> planned, Set<String> victims) {
    List<Lease> held =
        node.leases().values().stream()
            .filter(lease -> victims.contains(Request.placementOf(lease.id())))
            .toList();
    Inventory less =
        withHost(
            node.inventory(),
            node.inventory().cpuMilli() - kept(planned, held, Lease::cpuMilli),
            node.inventory().memoryMib() - kept(planned, held, Lease::memoryMib));
    for (Lease lease : planned) {
      for (Device device : lease.devices()) {
        less = less.withHealth(base(device), false);
      }
    }
    return less;
  }

  private static long kept(List<Lease> planned, List<Lease> held, ToLongFunction<Lease> amount) {
    long wanted = planned.stream().mapToLong(amount).sum();
    return Math.max(0, wanted - held.stream().mapToLong(amount).sum());
  }

  private static Inventory withHost(Inventory inventory, long cpuMilli, long memoryMib) {
    return new Inventory(
        cpuMilli,
        memoryMib,
        inventory.cpuOvercommit(),
        inventory.memoryOvercommit(),
        inventory.cards(),
        inventory.tori(),
        inventory.location(),
        inventory.turnDevices());
  }

  /** The name of the card or chip that the device is on, as inventories know it. */
  static String base(Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> "gpu-" + gpu.card();
      case Device.MigInstance mig -> "gpu-" + mig.card();
      case Device.ShareOfGpu share -> "gpu-" + share.card();
      case Device.TpuChip chip -> chip.name();
      case Device.Cpu cpu -> cpu.name();
      case Device.Seat seat -> seat.name();
    };
  }
}
