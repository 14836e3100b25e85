package dev.berth.scheduler.core.defrag;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.reserve.Backfill;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fleet while moves are planned. A target is taken on it at once and a source is never given
 * free, so all targets can be reserved before the first move. Lives for one plan.
 */
final class Board {
  private final State state;
  private final Budget budget;
  private final long now;
  private final long maxMilliDevices;
  private OrderedMap<String, Node> targets;
  private final List<Move> moves = new ArrayList<>();
  private final Set<String> moved = new HashSet<>();
  private final Set<String> receiving = new HashSet<>();
  private long milliDevices;

  /** Targets keep clear of reservations, except that of the request that is to be admitted. */
  Board(State state, String admitted, Budget budget, long now) {
    this.state = state;
    this.budget = budget;
    this.now = now;
    this.targets = Backfill.room(state, admitted);
    this.maxMilliDevices = MoveCost.mostMilliDevices(state, budget);
  }

  List<Move> moves() {
    return moves;
  }

  long cost() {
    return moves.stream().mapToLong(Move::cost).sum();
  }

  /** True when a move leads to this node. */
  boolean receives(String node) {
    return receiving.contains(node);
  }

  /** Nothing is moved to this node; it is given back as it was, if it was a target. */
  @Nullable Node exclude(String node) {
    Node before = targets.get(node);
    targets = targets.without(node);
    return before;
  }

  void include(Node node) {
    targets = targets.with(node.name(), node);
  }

  /** What moving the lease costs; null when it must stay. */
  @Nullable Long cost(Lease lease) {
    Placement owner = state.placements().get(Request.placementOf(lease.id()));
    return owner instanceof Placement.Placed placed
            && MoveCost.movable(state, placed)
            && !moved.contains(lease.id())
            && lease.id().equals(owner.request().leaseId(member(lease)))
        ? MoveCost.of(placed, lease, budget, now)
        : null;
  }

  /** Moves all of these, or none; false when there is no room or the budget ends. */
  boolean move(List<Lease> leases) {
    OrderedMap<String, Node> before = targets;
    int count = moves.size();
    long used = milliDevices;
    for (Lease lease : leases) {
      if (!move(lease)) {
        targets = before;
        milliDevices = used;
        while (moves.size() > count) {
          moved.remove(moves.removeLast().from().id());
        }
        return false;
      }
    }
    moves.subList(count, moves.size()).forEach(move -> receiving.add(move.to().node()));
    return true;
  }

  private boolean move(Lease lease) {
    Long cost = cost(lease);
    milliDevices += MoveCost.milliDevices(lease);
    if (cost == null || moves.size() >= budget.maxMoves() || milliDevices > maxMilliDevices) {
      return false;
    }
    Request alone = alone(lease);
    if (!(GangPlacer.asked(targets, alone) instanceof Placer.Trial.Complete complete)) {
      return false;
    }
    targets = complete.nodes();
    moved.add(lease.id());
    Lease to = complete.leases().getFirst();
    moves.add(new Move(Request.placementOf(lease.id()), member(lease), lease, to, cost));
    return true;
  }

  /** The member as a request of its own; its lease id is not that of any other. */
  private Request alone(Lease lease) {
    String id = Request.placementOf(lease.id());
    Placement owner = state.placements().get(id);
    Request whole = owner == null ? null : owner.request();
    if (whole == null) {
      throw new IllegalStateException("Lease " + lease.id() + " belongs to no placement");
    }
    return new Request(
        id + MoveCost.MOVE + "." + member(lease),
        List.of(whole.members().get(member(lease))),
        whole.account(),
        whole.owner(),
        whole.flavor(),
        whole.catalogVersion(),
        whole.policy());
  }

  private static int member(Lease lease) {
    return Integer.parseInt(lease.id().substring(lease.id().lastIndexOf('#') + 1));
  }
}
