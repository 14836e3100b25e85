package dev.berth.e2e.replay;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Move;
import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Mix;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The production core over the nodes of a trace: what goes in are the events of production. */
final class Replay {
  private static final long NEVER = Long.MAX_VALUE / 4;
  private final Scheduler scheduler;
  private State state;

  /** A scheduler that never takes a node for lost: nodes of a trace say nothing. */
  static Scheduler scheduler(int reservations, QueueOrder order) {
    return new Scheduler(NEVER, reservations, order);
  }

  /** Places are ranked by {@code supplyDemand} from the start; UNKNOWN until it is said. */
  Replay(Scheduler scheduler, Map<String, Inventory> nodes, SupplyDemand supplyDemand) {
    this.scheduler = scheduler;
    state = State.empty(1).with(supplyDemand);
    nodes.forEach(
        (name, inventory) -> {
          step(new Event.NodeRegistered(name, inventory), 0);
          step(new Event.Heartbeat(name, List.of()), 0);
        });
  }

  /** The supply of these nodes, and this typical demand. */
  SupplyDemand expecting(List<Shape> workload) {
    List<SupplyDemand.Supply> supplies = SupplyDemand.supplies(state.nodes().values());
    return new SupplyDemand(Mix.of(workload), supplies, 0, true, false);
  }

  /** Ranks by this from now on. */
  void rankBy(SupplyDemand supplyDemand) {
    state = state.with(supplyDemand);
  }

  List<Effect> step(Event event, long now) {
    Decision decision = scheduler.step(state, event, now);
    state = decision.state();
    return decision.effects();
  }

  /** Null when it waits or was rejected. */
  @Nullable Lease place(Task task, long now) {
    step(new Event.Place(task.request()), now);
    return lease(task.id());
  }

  State state() {
    return state;
  }

  /** Where the task runs, moved or not; null when it does not. */
  @Nullable Lease running(Task task) {
    Lease moved = lease(task.id() + MoveCost.MOVE);
    return moved == null ? lease(task.id()) : moved;
  }

  private @Nullable Lease lease(String placement) {
    return state.placements().get(placement) instanceof Placement.Placed placed
        ? placed.leases().getFirst()
        : null;
  }

  /** Takes the target, and then gives the source back. */
  void move(Move move, long now) {
    List<Effect> effects = step(new Event.ReserveMoves(List.of(move)), now);
    if (effects.stream().noneMatch(Effect.MovesReserved.class::isInstance)) {
      throw new IllegalStateException("The target of a planned move is not free: " + move);
    }
    step(new Event.Release(move.placementId()), now);
    step(new Event.LeaseGone(move.from().node(), move.from().id()), now);
  }

  /** Takes a waiting task back. */
  void forget(Task task, long now) {
    step(new Event.Release(task.id()), now);
  }

  /**
   * The task ends and its devices are free again; what waited and is placed now is in the effects.
   */
  List<Effect> end(Task task, Lease lease, long now) {
    step(new Event.Release(task.id()), now);
    return step(new Event.LeaseGone(lease.node(), lease.id()), now);
  }
}
