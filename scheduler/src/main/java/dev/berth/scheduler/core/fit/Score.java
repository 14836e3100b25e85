package dev.berth.scheduler.core.fit;

import java.util.Comparator;

/**
 * How much a place costs, smaller is better, compared field by field: crossing links or opening a
 * free card, then future placements lost, then what is left free on the card, then on the node.
 */
public record Score(long spread, long lost, long leftOnDevice, long leftOnNode)
    implements Comparable<Score> {
  private static final Comparator<Score> ORDER =
      Comparator.comparingLong(Score::spread)
          .thenComparingLong(Score::lost)
          .thenComparingLong(Score::leftOnDevice)
          .thenComparingLong(Score::leftOnNode);

  @Override
  public int compareTo(Score other) {
    return ORDER.compare(this, other);
  }
}
