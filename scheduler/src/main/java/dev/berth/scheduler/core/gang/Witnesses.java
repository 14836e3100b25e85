package dev.berth.scheduler.core.gang;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For each shape a node that could hold it when empty, for as long as its inventory stays. For one
 * thread.
 */
public final class Witnesses {
  private static final int MOST = 4_096;

  /** The node, and its inventory at that time. */
  private record Witness(String node, Inventory inventory) {}

  private final Map<Shape, Witness> byShape = new LinkedHashMap<>();

  /** True is a proof that the request could fit one day; false says nothing. */
  public boolean mayFit(OrderedMap<String, Node> nodes, Request request) {
    if (request.members().size() != 1
        || !request.policy().regions().isEmpty()
        || request.policy().topology().required()
        || request.members().getFirst().accelerator() instanceof TpuSlice) {
      return false;
    }
    Shape shape = request.members().getFirst();
    Witness known = byShape.get(shape);
    Node node = known == null ? null : nodes.get(known.node());
    return (node != null && known != null && node.inventory() == known.inventory())
        || find(nodes, shape);
  }

  private boolean find(OrderedMap<String, Node> nodes, Shape shape) {
    for (Node node : nodes.values()) {
      if (holds(node, shape)) {
        if (byShape.size() >= MOST) {
          byShape.remove(byShape.keySet().iterator().next());
        }
        byShape.put(shape, new Witness(node.name(), node.inventory()));
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Node node, Shape shape) {
    return NodeFit.mightEver(node, shape) && NodeFit.of(node.emptied(), shape) instanceof Fit.Fits;
  }
}
