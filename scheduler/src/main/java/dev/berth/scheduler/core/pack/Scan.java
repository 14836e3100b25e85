package dev.berth.scheduler.core.pack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** Looks at every node. Without memory, so any thread may ask about any snapshot. */
public record Scan(Ranking ranking) implements Choosing {
  /** Finds whether and where something fits; which of the places is best is another question. */
  public static final Scan TIGHTEST = new Scan(new Tightest());

  @Override
  public @Nullable Choice best(OrderedMap<String, Node> nodes, Shape shape) {
    Demand demand = ranking.demand(shape);
    Room best = null;
    long least = Ranking.NONE;
    int rank = 0;
    int at = 0;
    for (Node node : nodes.values()) {
      Room room = Room.of(node, ranking.kind(node));
      long cost = ranking.cost(room, demand);
      if (cost < least) {
        best = room;
        least = cost;
        rank = at;
      }
      at++;
    }
    return best != null && ranking.fit(best, demand) instanceof Fit.Fits fits
        ? new Choice(best.node, fits, rank)
        : null;
  }

  @Override
  public Choosing inPart() {
    return this;
  }
}
