package dev.berth.operator.plan;

import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.PlacementState.Placed;
import dev.berth.operator.placement.PlacementState.Rejected;
import dev.berth.operator.placement.PlacementState.Releasing;
import dev.berth.operator.placement.PlacementState.Unconfirmed;
import dev.berth.operator.placement.PlacementState.Waiting;
import dev.berth.operator.resolve.Resolution.Resolved;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The placements of one slot: the one that stands, and the one that is to take over from it, which
 * is the target of a move or a return from a fallback. Once it serves, it is the one that stands.
 */
public record Succession(Optional<Placement> current, Optional<Placement> successor) {

  public static Succession of(Situation situation, Resolved wanted, int slot) {
    List<Placement> all =
        situation.placementsOf(wanted.revision()).stream()
            .filter(p -> p.id().slot() == slot && !lost(situation, p))
            .toList();
    Optional<Placement> current = all.stream().min(furthest(situation));
    Optional<Placement> successor =
        current.flatMap(
            now ->
                all.stream()
                    .filter(p -> p != now && succeeds(situation, wanted, p, now))
                    .min(Comparator.comparing(Placement::id)));
    return new Succession(current, successor);
  }

  private static boolean lost(Situation situation, Placement placement) {
    return situation.observed().podsOf(placement).stream().anyMatch(situation::lost);
  }

  /**
   * The furthest one first. Of two that serve the later one, which is the successor; of two that do
   * not, the earlier one, which may serve again before the successor does.
   */
  private static Comparator<Placement> furthest(Situation situation) {
    return (a, b) -> {
      int rank = Integer.compare(rank(situation, a), rank(situation, b));
      if (rank != 0) {
        return rank;
      }
      int age = placedAt(a).compareTo(placedAt(b));
      int order = rank(situation, a) == 0 ? -age : age;
      return order == 0 ? a.id().compareTo(b.id()) : order;
    };
  }

  private static int rank(Situation situation, Placement placement) {
    return switch (placement.state()) {
      case Placed placed -> rank(serving(situation, placement), placed.leases().size());
      case Waiting waiting -> 3;
      case Unconfirmed unconfirmed -> 4;
      case Rejected rejected -> 5;
      case Releasing releasing -> 6;
    };
  }

  private static int rank(long serving, int leases) {
    if (serving == 0) {
      return 2;
    }
    return serving < leases ? 1 : 0;
  }

  private static long serving(Situation situation, Placement placement) {
    return situation.observed().podsOf(placement).stream().filter(PodView::serving).count();
  }

  private static Instant placedAt(Placement placement) {
    return placement.state() instanceof Placed placed ? placed.placedAt() : Instant.MAX;
  }

  private static boolean succeeds(
      Situation situation, Resolved wanted, Placement next, Placement now) {
    if (!(now.state() instanceof Placed held)) {
      return false;
    }
    return next.id().equals(now.id().move())
        ? movesWhole(situation, wanted, next, held)
        : next.id().isReturn() && returns(situation, wanted, next, held);
  }

  /** A move of some members only cannot be finished: a placement is released as a whole. */
  private static boolean movesWhole(
      Situation situation, Resolved wanted, Placement next, Placed held) {
    return next.state() instanceof Placed target
        && target.leases().size() == held.leases().size()
        && !overdue(situation, wanted, target);
  }

  private static boolean returns(
      Situation situation, Resolved wanted, Placement next, Placed held) {
    if (!mayReturn(situation)) {
      return false;
    }
    return switch (next.state()) {
      case Placed target -> target.choice() < held.choice();
      case Waiting waiting -> held.betterAvailable();
      case Unconfirmed unconfirmed -> held.choice() > 0;
      case Rejected rejected -> false;
      case Releasing releasing -> false;
    };
  }

  /** Whether the user wants it back, and it has not failed for this generation of the spec. */
  private static boolean mayReturn(Situation situation) {
    return situation.workload().wish().scheduling().returnWhenFree()
        && !situation.recorded().returnHasFailed(situation.workload().generation());
  }

  /** Something better is free and nothing is under way yet. */
  public boolean canReturn(Situation situation) {
    return successor.isEmpty()
        && mayReturn(situation)
        && current.filter(Succession::betterAvailable).isPresent();
  }

  private static boolean betterAvailable(Placement placement) {
    return placement.state() instanceof Placed placed
        && placed.choice() > 0
        && placed.betterAvailable();
  }

  /** A return that was given its time to start and does not serve. */
  public boolean returnOverdue(Situation situation, Resolved wanted) {
    return successor
        .filter(next -> next.id().isReturn())
        .filter(next -> next.state() instanceof Placed p && overdue(situation, wanted, p))
        .isPresent();
  }

  private static boolean overdue(Situation situation, Resolved wanted, Placed placed) {
    return !placed.placedAt().plus(wanted.startupTimeout()).isAfter(situation.now());
  }

  /** What it runs by: 0 as asked, n the n-th fallback. */
  static int choice(PlacementState state) {
    return state instanceof Placed placed ? placed.choice() : 0;
  }
}
