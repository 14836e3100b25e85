package dev.berth.scheduler.core.repack;

import dev.berth.scheduler.core.model.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All movables of one shape, and what was found out about them; by depth, the number of links that
 * may follow. Compared by identity, as it is asked for in the innermost loop. Lives for one plan.
 */
final class Kind {
  static final long UNKNOWN = Long.MIN_VALUE;

  /** A way to clear a node for this shape, and what the fleet loses by it. */
  record Scored(Clearing clearing, long loss) {}

  final Shape shape;

  /** The least that a place elsewhere costs. */
  final long[] elsewhere = {UNKNOWN, UNKNOWN};

  /** The best ways to clear a node, best first; null until looked for. */
  final List<@Nullable List<Scored>> best = Arrays.asList(null, null);

  Kind(Shape shape) {
    this.shape = shape;
  }
}
