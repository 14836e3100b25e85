package dev.berth.scheduler.core.gang;

import dev.berth.scheduler.core.fit.NodeFit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.model.Topology;
import dev.berth.scheduler.core.torus.Pods;
import java.util.Collection;
import java.util.List;

/** What nodes could hold if nothing were taken and everything healthy: upper bounds. */
public final class Capability {
  private Capability() {}

  /** At most {@code members} of a gang fit together in a domain of its required level. */
  public record Together(String domain, int members) {}

  /** How many replicas, counted up to a limit; exact but for TPU slices. */
  public static int whenEmpty(Collection<Node> nodes, Shape shape, int limit) {
    if (shape.accelerator() instanceof TpuSlice slice) {
      List<Node> empty =
          nodes.stream().filter(n -> n.inventory().torus() != null).map(Node::emptied).toList();
      return Math.min(limit, Pods.of(empty, slice.generation()).bound(shape, slice));
    }
    int most = 0;
    for (Node node : nodes) {
      most +=
          most < limit && NodeFit.mightEver(node, shape)
              ? Room.of(node.emptied(), shape, limit - most)
              : 0;
    }
    return most;
  }

  /** The best domain; all members when the topology is only preferred or some domain may do. */
  public static Together together(Collection<Node> nodes, Request request) {
    Classes classes = Classes.of(request.members());
    Topology topology = request.policy().topology();
    boolean anywhere = !topology.required() || topology.level() == Topology.Level.ANY;
    if (anywhere && classes.size() == 1) {
      return new Together("", classes.members());
    }
    Together best = new Together("", 0);
    Topology.Level level = anywhere ? Topology.Level.ANY : topology.level();
    for (Domain domain : Domain.at(level, nodes)) {
      List<Node> empty = domain.nodes().stream().map(Node::emptied).toList();
      int most = Necessary.atMost(empty, classes);
      best = most > best.members() ? new Together(domain.name(), most) : best;
      if (most == classes.members()) {
        return best;
      }
    }
    return best;
  }
}
