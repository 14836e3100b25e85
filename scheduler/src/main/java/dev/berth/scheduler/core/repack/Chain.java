package dev.berth.scheduler.core.repack;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.fit.LeaseFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.gang.GangPlacer;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.pack.Choosing;
import dev.berth.scheduler.core.repack.Movables.Movable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves one after the other. {@code present} is the fleet as the moves so far leave it: a target
 * must be free there while its source is still held. {@code future} is the fleet once all that must
 * leave has left, with what comes instead, so that no target is in the way. Immutable.
 */
record Chain(
    OrderedMap<String, Node> present,
    OrderedMap<String, Node> future,
    List<Move> moves,
    Set<String> moved,
    Limits limits) {
  /** At most so many moves, of so many thousandths of devices in all. */
  record Limits(int moves, long milliDevices) {}

  static Chain none(OrderedMap<String, Node> fleet, Limits limits) {
    return new Chain(fleet, fleet, List.of(), Set.of(), limits);
  }

  Chain expecting(Node node) {
    return new Chain(present, future.with(node.name(), node), moves, moved, limits);
  }

  /** The lease goes to the best place that is free, or null when there is none. */
  @Nullable Chain move(Choosing choosing, Movable one) {
    Lease best = place(choosing, future, one.alone());
    if (best == null || LeaseFit.fits(node(present, best), best)) {
      return best == null ? null : to(best, one, true);
    }
    // The best place needs what the lease itself still holds: then on another node.
    OrderedMap<String, Node> elsewhere = future.without(one.lease().node());
    Lease other = place(choosing.inPart(), elsewhere, one.alone());
    return other == null ? null : to(other, one, true);
  }

  private static @Nullable Lease place(
      Choosing choosing, OrderedMap<String, Node> fleet, Request alone) {
    return GangPlacer.place(choosing, fleet, alone) instanceof Placer.Trial.Complete complete
        ? complete.leases().getFirst()
        : null;
  }

  /** The lease goes to the place that is expected for it. */
  @Nullable Chain onto(Movable one, Lease to) {
    return to(to, one, false);
  }

  private @Nullable Chain to(Lease to, Movable one, boolean comes) {
    if (!mayMove(one) || !LeaseFit.fits(node(present, to), to)) {
      return null;
    }
    List<Move> more = new ArrayList<>(moves);
    String placement = Request.placementOf(one.lease().id());
    more.add(new Move(placement, 0, one.lease(), to, one.cost()));
    Set<String> ids = new HashSet<>(moved);
    ids.add(one.lease().id());
    OrderedMap<String, Node> held = present.with(to.node(), node(present, to).with(to));
    OrderedMap<String, Node> then =
        comes ? future.with(to.node(), node(future, to).with(to)) : future;
    return new Chain(
        gone(held, one.lease()),
        gone(then, one.lease()),
        List.copyOf(more),
        Set.copyOf(ids),
        limits);
  }

  private boolean mayMove(Movable one) {
    return moves.size() < limits.moves()
        && milliDevices() + MoveCost.milliDevices(one.lease()) <= limits.milliDevices()
        && !moved.contains(one.lease().id());
  }

  private static OrderedMap<String, Node> gone(OrderedMap<String, Node> fleet, Lease lease) {
    return fleet.with(lease.node(), node(fleet, lease).without(lease.id()));
  }

  private static Node node(OrderedMap<String, Node> fleet, Lease lease) {
    return Objects.requireNonNull(fleet.get(lease.node()));
  }

  long cost() {
    return moves.stream().mapToLong(Move::cost).sum();
  }

  private long milliDevices() {
    return moves.stream().mapToLong(move -> MoveCost.milliDevices(move.from())).sum();
  }
}
