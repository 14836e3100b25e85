package dev.berth.scheduler.core.repack;

import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.repack.Movables.Movable;
import java.util.List;

/** {@code rest} is a node without the {@code victims}; what is asked for fits there. */
record Clearing(Node rest, List<Movable> victims) {
  Clearing {
    victims = List.copyOf(victims);
  }
}
