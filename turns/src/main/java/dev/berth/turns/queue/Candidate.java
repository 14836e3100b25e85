package dev.berth.turns.queue;

import dev.berth.turns.model.Turn;
import java.util.Comparator;
import java.util.List;

/**
 * A turn that may be granted now, and where.
 *
 * @param score lag behind the smallest virtual time and what the grant costs others; least first
 * @param costNanos expected device time, with loading
 * @param reloads expected because of this device rather than another
 */
record Candidate(
    Turn turn,
    long number,
    List<Integer> devices,
    boolean warm,
    long score,
    long costNanos,
    double reloads) {
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingLong(Candidate::score)
          .thenComparingLong(Candidate::costNanos)
          .thenComparingDouble(Candidate::reloads)
          .thenComparingLong(Candidate::number);
}
