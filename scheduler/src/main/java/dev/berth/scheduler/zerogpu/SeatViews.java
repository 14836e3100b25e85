package dev.berth.scheduler.zerogpu;

import dev.berth.api.turns.v1.NodeLoad;
import dev.berth.api.turns.v1.SeatLoad;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.turns.seats.SeatView;
import dev.berth.turns.seats.SeatView.NodeView;
import dev.berth.turns.seats.SeatView.Seat;
import dev.berth.turns.seats.SeatView.SpaceView;
import dev.berth.turns.seats.SeatView.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Placements and reports as the planner of seats wants them. Pure. */
final class SeatViews {
  private SeatViews() {}

  /** {@code loads} are the fresh reports, by node. */
  static SeatView of(State state, SortedMap<String, NodeLoad> loads) {
    return new SeatView(nodes(state, loads), spaces(state, uses(loads)));
  }

  private static Map<String, NodeView> nodes(State state, SortedMap<String, NodeLoad> loads) {
    Map<String, NodeView> nodes = new TreeMap<>();
    for (Node node : state.nodes().values()) {
      if (!node.inventory().turnDevices().isEmpty()) {
        NodeLoad load = loads.get(node.name());
        boolean heard = load != null && node.ready() && node.inventory().healthyTurnDevices() > 0;
        nodes.put(
            node.name(),
            new NodeView(
                node.cpuFree(),
                node.memoryFree(),
                node.inventory().healthyTurnDevices(),
                heard,
                load == null ? 0 : load.getWaitNanos()));
      }
    }
    return nodes;
  }

  /** By lease. */
  private static Map<String, Use> uses(SortedMap<String, NodeLoad> loads) {
    Map<String, Use> uses = new HashMap<>();
    for (NodeLoad load : loads.values()) {
      for (SeatLoad seat : load.getSeatsList()) {
        int waiting = seat.getWaitsNode() + seat.getWaitsConcurrency();
        boolean idle = seat.getRunning() + waiting + seat.getWaitsQuota() == 0;
        uses.put(seat.getLeaseId(), new Use(true, seat.getDemandMilli(), waiting, idle));
      }
    }
    return uses;
  }

  private static Map<String, SpaceView> spaces(State state, Map<String, Use> uses) {
    Map<String, List<Placement>> owned = new TreeMap<>();
    for (Placement placement : state.placements().values()) {
      if (isSeat(placement) && !(placement instanceof Placement.Releasing)) {
        SeatId.parse(placement.id())
            .ifPresent(
                id -> owned.computeIfAbsent(id.owner(), o -> new ArrayList<>()).add(placement));
      }
    }
    Map<String, SpaceView> spaces = new TreeMap<>();
    owned.forEach((owner, placements) -> spaces.put(owner, space(state, placements, uses)));
    return spaces;
  }

  static boolean isSeat(Placement placement) {
    List<Shape> members = placement.request().members();
    return members.size() == 1 && members.getFirst().accelerator() instanceof Accelerator.Seat;
  }

  private static SpaceView space(State state, List<Placement> placements, Map<String, Use> uses) {
    Shape shape = placements.getFirst().request().members().getFirst();
    List<Seat> seats = new ArrayList<>();
    for (Placement placement : placements) {
      SeatId id = SeatId.parse(placement.id()).orElseThrow();
      seats.add(seat(placement, id, uses));
    }
    boolean placed = placements.stream().allMatch(p -> p instanceof Placement.Placed);
    return new SpaceView(
        shape.cpuMilli(), shape.memoryMib(), seats, placed && settled(state, placements));
  }

  /** One revision, and one placement a slot: what it was moved from is gone. */
  private static boolean settled(State state, List<Placement> placements) {
    List<SeatId> ids = placements.stream().map(p -> SeatId.parse(p.id()).orElseThrow()).toList();
    return ids.stream().allMatch(ids.getFirst()::beside)
        && ids.stream().map(SeatId::slot).distinct().count() == ids.size()
        && placements.stream().noneMatch(p -> leaving(state, p.id()));
  }

  private static boolean leaving(State state, String id) {
    return id.endsWith(MoveCost.MOVE)
        && state.placements().containsKey(id.substring(0, id.length() - MoveCost.MOVE.length()));
  }

  private static Seat seat(Placement placement, SeatId id, Map<String, Use> uses) {
    if (placement.leases().isEmpty()) {
      return new Seat(placement.id(), id.slot(), "", Use.UNKNOWN);
    }
    var lease = placement.leases().getFirst();
    return new Seat(
        placement.id(), id.slot(), lease.node(), uses.getOrDefault(lease.id(), Use.UNKNOWN));
  }
}
