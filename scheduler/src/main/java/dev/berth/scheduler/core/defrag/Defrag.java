package dev.berth.scheduler.core.defrag;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.fleet.Occupancy;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plans moves: cheapest nodes first, each emptied as a whole or not at all. */
public final class Defrag {
  private record Candidate(Node node, List<Lease> leases, long cost) {}

  private static final Comparator<Candidate> CHEAPEST =
      Comparator.comparingLong(Candidate::cost).thenComparing(c -> c.node().name());

  private Defrag() {}

  /** {@code now} is in unix nanoseconds. Changes nothing. */
  public static DefragPlan plan(State state, Goal goal, Budget budget, long now) {
    return switch (goal) {
      case Goal.Admit admit ->
          GangPlacer.place(state.nodes(), admit.request()) instanceof Placer.Trial.Complete
              ? new DefragPlan.NotNeeded()
              : new Admission(state, admit.request(), budget, now).plan();
      case Goal.FreeNodes free -> freeNodes(state, free, budget, now);
    };
  }

  private static DefragPlan freeNodes(State state, Goal.FreeNodes goal, Budget budget, long now) {
    Board board = new Board(state, "", budget, now);
    List<Candidate> candidates = new ArrayList<>();
    for (Node node : state.nodes().values()) {
      if (node.ready() && has(node, goal.model())) {
        add(board, node, candidates);
      }
    }
    candidates.sort(CHEAPEST);
    List<String> freed = new ArrayList<>();
    long gathered = 0;
    for (Candidate candidate : candidates) {
      String name = candidate.node().name();
      if (freed.size() < goal.count() && !board.receives(name)) {
        Node target = board.exclude(name);
        if (board.move(candidate.leases())) {
          freed.add(name);
          gathered += free(candidate.node());
        } else if (target != null) {
          board.include(target);
        }
      }
    }
    return freed.size() < goal.count()
        ? new DefragPlan.NotFound(
            goal.count(), freed.size(), board.moves().size(), budget.maxMoves())
        : worth(board, freed, List.of(), MoveCost.value(gathered, budget), budget);
  }

  /** An empty node gains nothing by receiving; one with something that must stay is not emptied. */
  private static void add(Board board, Node node, List<Candidate> candidates) {
    if (node.leases().isEmpty()) {
      board.exclude(node.name());
      return;
    }
    long cost = 0;
    for (Lease lease : node.leases().values()) {
      Long one = board.cost(lease);
      if (one == null) {
        return;
      }
      cost += one;
    }
    candidates.add(new Candidate(node, List.copyOf(node.leases().values()), cost));
  }

  private static boolean has(Node node, String model) {
    return node.inventory().cards().stream().anyMatch(card -> card.model().equals(model));
  }

  private static long free(Node node) {
    return node.cards().stream().filter(Occupancy.Free.class::isInstance).count();
  }

  static DefragPlan worth(
      Board board, List<String> freed, List<Lease> admitted, long value, Budget budget) {
    long cost = board.cost();
    return value >= cost * budget.worthPermille() / 1_000
        ? new DefragPlan.Moves(board.moves(), freed, admitted, value, cost)
        : new DefragPlan.NotWorth(board.moves().size(), value, cost, budget.worthPermille());
  }
}
