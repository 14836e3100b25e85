package dev.berth.scheduler.core.pack;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import java.util.HashMap;
import java.util.Map;

/** What one place costs by a ranking, for those who compare places. For one thread. */
public final class PlaceCost {
  private final Ranking ranking;
  private final Map<Shape, Demand> demands = new HashMap<>();

  public PlaceCost(Ranking ranking) {
    this.ranking = ranking;
  }

  /** The cost of the best place for the shape on the node; {@link Ranking#NONE} if it fits not. */
  public long of(Node node, Shape shape) {
    Demand demand = demands.computeIfAbsent(shape, ranking::demand);
    return ranking.cost(Room.of(node, ranking.kind(node)), demand);
  }
}
