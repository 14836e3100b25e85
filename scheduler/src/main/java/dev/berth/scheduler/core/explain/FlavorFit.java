package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator.TpuSlice;
import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.torus.Pods;
import java.util.function.UnaryOperator;

/** How many replicas of a flavor fit, one after the other, nothing else arriving. */
public record FlavorFit(Flavor flavor, int now, int empty) {
  public static final int LIMIT = 10_000;

  public static FlavorFit of(State state, Flavor flavor) {
    return new FlavorFit(
        flavor,
        count(state, flavor, UnaryOperator.identity()),
        count(state, flavor, Node::emptied));
  }

  /** Replicas share no device across nodes, so nodes can be counted one by one. */
  private static int count(State state, Flavor flavor, UnaryOperator<Node> view) {
    if (flavor.shape().accelerator() instanceof TpuSlice slice) {
      return Pods.of(state.nodes().values().stream().map(view).toList(), slice.generation())
          .replicas(flavor.shape(), slice, LIMIT);
    }
    int count = 0;
    for (Node node : state.nodes().values()) {
      count += count < LIMIT ? Placer.replicas(view.apply(node), flavor.shape(), LIMIT - count) : 0;
    }
    return count;
  }
}
