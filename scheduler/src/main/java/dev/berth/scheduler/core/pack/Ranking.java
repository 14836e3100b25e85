package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;

/**
 * What a place costs; of equal places the first node by name wins. Costs depend on the arguments
 * alone, so they can be remembered until the node changes.
 */
public interface Ranking {
  /** The cost of a node where the shape does not fit. */
  long NONE = Long.MAX_VALUE;

  /**
   * How production ranks: by what is left for others, or by the tightest fit until that is known.
   */
  static Ranking by(SupplyDemand known) {
    return known.supplies().isEmpty() ? Tightest.ofKinds() : new LeastLoss(known);
  }

  NodeKind kind(Node node);

  Demand demand(Shape shape);

  /** Of the best place in this room; smaller is better. */
  long cost(Room room, Demand demand);

  /** The place that this cost is for. */
  Fit fit(Room room, Demand demand);
}
