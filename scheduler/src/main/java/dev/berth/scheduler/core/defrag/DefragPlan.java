package dev.berth.scheduler.core.defrag;

import dev.berth.scheduler.core.model.Lease;
import java.util.List;

/** Moves that pay, or why there are none. Value and cost are in device-milliseconds. */
public sealed interface DefragPlan {
  /**
   * Afterwards {@code freed} nodes are empty, or the request fits on {@code admitted}, which may
   * need devices that only the moves free. {@code inOrder}: a target may be what an earlier move
   * leaves, so each is reserved when the one before is done; else all targets are free now.
   */
  record Moves(
      List<Move> moves,
      List<String> freed,
      List<Lease> admitted,
      long value,
      long cost,
      boolean inOrder)
      implements DefragPlan {
    public Moves(
        List<Move> moves, List<String> freed, List<Lease> admitted, long value, long cost) {
      this(moves, freed, admitted, value, cost, false);
    }

    public Moves {
      moves = List.copyOf(moves);
      freed = List.copyOf(freed);
      admitted = List.copyOf(admitted);
    }
  }

  /** Moves exist but cost too much; the numbers say how far off. */
  record NotWorth(int moves, long value, long cost, int worthPermille) implements DefragPlan {}

  /**
   * The search found no moves within the budget, which proves nothing: it looks at one node after
   * the other, and a chain of moves has at most two links. {@code reached} of {@code asked} members
   * or nodes were possible with {@code moves} of {@code maxMoves} moves.
   */
  record NotFound(int asked, int reached, int moves, int maxMoves) implements DefragPlan {}

  /** Nothing has to move: it fits as it is. */
  record NotNeeded() implements DefragPlan {}
}
