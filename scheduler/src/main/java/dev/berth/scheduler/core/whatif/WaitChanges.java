package dev.berth.scheduler.core.whatif;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What only time is needed for: drains that are under way, nodes that are silent. */
final class WaitChanges {
  /** Longer lists are not searched; they are rather an outage than a reason to wait. */
  private static final int MAX = 512;

  private WaitChanges() {}

  static List<Change> of(Trial trial) {
    List<Change> changes = new ArrayList<>();
    changes.addAll(shortest(trial, releasing(trial), Change.Drained::new));
    changes.addAll(shortest(trial, silent(trial), Change.NodesReady::new));
    return changes;
  }

  /** The placements whose devices come free, the one that was placed first first. */
  private static List<String> releasing(Trial trial) {
    return trial.state.placements().values().stream()
        .filter(Placement.Releasing.class::isInstance)
        .filter(placement -> freed(trial, placement.leases()))
        .map(Placement::id)
        .limit(MAX)
        .toList();
  }

  /** True when one of the nodes could hold the stuck member without these leases. */
  static boolean freed(Trial trial, List<Lease> leases) {
    OrderedMap<String, Node> nodes = without(trial.state.nodes(), leases);
    return leases.stream()
        .map(lease -> nodes.get(lease.node()))
        .anyMatch(node -> node != null && NodeFit.of(node, trial.shape()) instanceof Fit.Fits);
  }

  static OrderedMap<String, Node> without(OrderedMap<String, Node> nodes, List<Lease> leases) {
    OrderedMap<String, Node> now = nodes;
    for (Lease lease : leases) {
      Node node = now.get(lease.node());
      now = node == null ? now : now.with(lease.node(), node.without(lease.id()));
    }
    return now;
  }

  private static List<String> silent(Trial trial) {
    return trial.state.nodes().values().stream()
        .filter(node -> !node.ready())
        .filter(node -> NodeFit.of(node.seen(trial.now), trial.shape()) instanceof Fit.Fits)
        .map(Node::name)
        .limit(MAX)
        .toList();
  }

  /** The shortest beginning of the list that admits; all of it first, to know that one does. */
  private static List<Change> shortest(
      Trial trial, List<String> names, Function<List<String>, Change.Elsewhere> change) {
    if (names.isEmpty() || !trial.admits(change.apply(names))) {
      return List.of();
    }
    int low = 1;
    int high = names.size();
    while (low < high) {
      int middle = (low + high) / 2;
      if (trial.admits(change.apply(names.subList(0, middle)))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return List.of(change.apply(names.subList(0, high)));
  }
}
