package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fleet.Node;
import java.util.List;

/** Where a request may run at all. A node that does not know its region is in none. */
public final class Allowed {
  private Allowed() {}

  public static boolean on(Node node, List<String> regions) {
    return regions.isEmpty() || regions.contains(node.inventory().location().region());
  }

  /** The nodes of these regions; the same map when any will do. */
  public static OrderedMap<String, Node> of(OrderedMap<String, Node> nodes, List<String> regions) {
    if (regions.isEmpty()) {
      return nodes;
    }
    OrderedMap<String, Node> allowed = OrderedMap.empty();
    for (Node node : nodes.values()) {
      allowed = on(node, regions) ? allowed.with(node.name(), node) : allowed;
    }
    return allowed;
  }
}
