package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.Comparator;

/**
 * A flow's waiting turns of one Space that may run on the same nodes stand in one lane, in order.
 */
record Lane(String space, int node) implements Comparable<Lane> {
  private static final Comparator<Lane> ORDER =
      Comparator.comparing(Lane::space).thenComparing(Lane::node);

  static Lane of(Turn turn) {
    return new Lane(turn.space(), turn.node());
  }

  @Override
  public int compareTo(Lane other) {
    return ORDER.compare(this, other);
  }
}
