package dev.berth.scheduler.core.whatif;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Torus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many empty copies of a node of each kind would admit the request, the smallest kind first.
 */
final class NodeChanges {
  private static final int MAX_KINDS = 4;
  private static final int MAX_NODES = 64;
  private static final Comparator<Inventory> SMALLEST =
      Comparator.comparingInt(NodeChanges::devices)
          .thenComparingLong(Inventory::cpuMilli)
          .thenComparingLong(Inventory::memoryMib);

  /** What makes two nodes alike for placing: not the names of their devices. */
  private record Kind(
      long cpuMilli, long memoryMib, List<String> devices, List<Torus> tori, String region) {
    static Kind of(Inventory inventory) {
      return new Kind(
          inventory.cpuMilli(),
          inventory.memoryMib(),
          inventory.cards().stream().map(c -> c.model() + " " + c.linkGroup()).toList(),
          inventory.tori(),
          inventory.location().region());
    }
  }

  private final Trial trial;

  private NodeChanges(Trial trial) {
    this.trial = trial;
  }

  static List<Change> of(Trial trial) {
    NodeChanges changes = new NodeChanges(trial);
    List<Change> found = new ArrayList<>();
    for (Node like : changes.kinds()) {
      found.addAll(changes.fewest(like));
    }
    return found;
  }

  private List<Node> kinds() {
    Map<Kind, Node> kinds = new LinkedHashMap<>();
    for (Node node : trial.state.nodes().values()) {
      Node empty = node.emptied().seen(trial.now);
      Kind kind = Kind.of(empty.inventory());
      if (!kinds.containsKey(kind) && NodeFit.of(empty, trial.shape()) instanceof Fit.Fits) {
        kinds.put(kind, empty);
      }
    }
    return kinds.values().stream()
        .sorted(Comparator.comparing(Node::inventory, SMALLEST))
        .limit(MAX_KINDS)
        .toList();
  }

  private static int devices(Inventory inventory) {
    int chips = inventory.tori().stream().mapToInt(Torus::chips).sum();
    return inventory.cards().size() + chips;
  }

  /** Doubled until it admits, then halved down to the fewest; proved node by node at the end. */
  private List<Change> fewest(Node like) {
    int enough = 1;
    while (!trial.admitsOn(with(like, enough))) {
      if (enough >= MAX_NODES) {
        return List.of();
      }
      enough *= 2;
    }
    int low = enough / 2 + 1;
    while (low < enough) {
      int middle = (low + enough) / 2;
      if (trial.admitsOn(with(like, middle))) {
        enough = middle;
      } else {
        low = middle + 1;
      }
    }
    return proved(like, enough);
  }

  /** Nodes that come one by one may serve the queue otherwise than all at once. */
  private List<Change> proved(Node like, int enough) {
    if (!trial.admits(copies(like, enough))) {
      return List.of();
    }
    int fewest = enough;
    while (fewest > 1 && trial.admits(copies(like, fewest - 1))) {
      fewest--;
    }
    return List.of(copies(like, fewest));
  }

  private OrderedMap<String, Node> with(Node like, int count) {
    OrderedMap<String, Node> nodes = trial.state.nodes();
    for (int i = 1; i <= count; i++) {
      String name = like.name() + "-copy-" + i;
      nodes = nodes.with(name, Node.of(name, like.inventory()).seen(trial.now));
    }
    return nodes;
  }

  private static Change.MoreNodes copies(Node like, int count) {
    return new Change.MoreNodes(like.name(), like.inventory(), count);
  }
}
