package dev.berth.scheduler.core.pack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.fit.Fit;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Shape;
import org.jspecify.annotations.Nullable;

/** How the best node for a shape is found; every way finds the same one. */
public interface Choosing {
  /** A node and the place on it; {@code rank} is how many nodes come before it by name. */
  record Choice(Node node, Fit.Fits fit, int rank) {}

  /** Null when the shape fits nowhere. */
  @Nullable Choice best(OrderedMap<String, Node> nodes, Shape shape);

  /** The same for a part of the fleet, which would only confuse what is remembered of it all. */
  Choosing inPart();
}
