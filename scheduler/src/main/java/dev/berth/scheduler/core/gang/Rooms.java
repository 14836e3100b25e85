package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.None;
import dev.berth.scheduler.core.model.Accelerator.Seat;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Torus;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What domains have for a gang. {@code uniform} counts members of the only shape by node. */
record Rooms(Classes classes, Map<String, Integer> uniform) {

  static Rooms of(Collection<Node> nodes, Classes classes) {
    Map<String, Integer> uniform = new HashMap<>();
    if (classes.uniform()) {
      for (Node node : nodes) {
        uniform.put(node.name(), Room.of(node, classes.shapes().getFirst(), classes.members()));
      }
    }
    return new Rooms(classes, uniform);
  }

  int atMost(List<Node> nodes) {
    return classes.uniform()
        ? (int) Math.min(members(nodes), classes.members())
        : Necessary.atMost(nodes, classes);
  }

  /** What a domain has free, to compare domains: members, or devices, or processors. */
  long free(List<Node> nodes) {
    if (classes.uniform()) {
      return members(nodes);
    }
    boolean devices = classes.shapes().stream().anyMatch(s -> onDevices(s));
    return nodes.stream().mapToLong(node -> devices ? devices(node) : node.cpuFree()).sum();
  }

  private static boolean onDevices(Shape shape) {
    return !(shape.accelerator() instanceof None || shape.accelerator() instanceof Seat);
  }

  private long members(List<Node> nodes) {
    return nodes.stream().mapToLong(node -> uniform.getOrDefault(node.name(), 0)).sum();
  }

  private long devices(Node node) {
    Torus torus = node.inventory().torus();
    boolean slices = classes.shapes().stream().anyMatch(s -> s.accelerator() instanceof TpuSlice);
    long chips = torus != null && slices ? torus.chips() - Long.bitCount(node.chips()) : 0;
    return 1000 * chips + Amount.CARDS.free(node, classes.shapes());
  }
}
