package dev.berth.scheduler.core.defrag;

import dev.berth.collect.OrderedMap;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.fit.LeaseFit;
import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Device;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Policy;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The targets of moves as placements of their own: {@code <id>.move} holds what the moved members
 * of {@code <id>} will need, in their order. All of them together, or none.
 */
public sealed interface MoveTargets {
  /** They fit: {@code nodes} is the fleet with them. */
  record Free(List<Target> targets, OrderedMap<String, Node> nodes) implements MoveTargets {}

  /** {@code choice} is what the moved placement runs by, and stays so. */
  record Target(Request request, List<Lease> leases, int choice) {
    public Placer.Trial.Complete on(OrderedMap<String, Node> nodes) {
      return new Placer.Trial.Complete(nodes, leases, choice);
    }
  }

  /** The plan is out of date: what this placement holds, or its target, has changed. */
  record Stale(String placementId, String node) implements MoveTargets {}

  static MoveTargets of(State state, List<Move> moves) {
    Map<String, List<Move>> byPlacement = new TreeMap<>();
    moves.forEach(m -> byPlacement.computeIfAbsent(m.placementId(), p -> new ArrayList<>()).add(m));
    OrderedMap<String, Node> nodes = state.nodes();
    List<Target> targets = new ArrayList<>();
    for (Map.Entry<String, List<Move>> entry : byPlacement.entrySet()) {
      Placement placement = state.placements().get(entry.getKey());
      if (!(placement instanceof Placement.Placed placed)
          || !MoveCost.mayBeAsked(state, placement)
          || !entry.getValue().stream().allMatch(move -> matches(placement, move))
          || entry.getValue().stream().map(Move::member).distinct().count()
              < entry.getValue().size()) {
        return new Stale(entry.getKey(), "");
      }
      Target target = target(placed, entry.getValue());
      for (int i = 0; i < target.leases().size(); i++) {
        Lease lease = target.leases().get(i);
        Node node = nodes.get(lease.node());
        if (node == null || !LeaseFit.fits(node, lease)) {
          return new Stale(entry.getKey(), lease.node());
        }
        nodes = nodes.with(lease.node(), node.with(lease));
      }
      targets.add(target);
    }
    return new Free(List.copyOf(targets), nodes);
  }

  /** The member holds what the plan says, and the target is the same kind of thing. */
  private static boolean matches(Placement placement, Move move) {
    return move.member() >= 0
        && move.member() < placement.leases().size()
        && placement.leases().get(move.member()).equals(move.from())
        && move.from().cpuMilli() == move.to().cpuMilli()
        && move.from().memoryMib() == move.to().memoryMib()
        && kinds(move.from()).equals(kinds(move.to()));
  }

  private static List<Object> kinds(Lease lease) {
    return lease.devices().stream().map(MoveTargets::kind).toList();
  }

  /** All but where the device is; a shape may allow several models, so the model may differ. */
  private static Object kind(Device device) {
    return switch (device) {
      case Device.WholeGpu gpu -> "gpu";
      case Device.MigInstance mig -> mig.profile();
      case Device.ShareOfGpu share -> List.of(share.milli(), share.memoryMib());
      case Device.TpuChip chip -> chip.model();
      case Device.Cpu cpu -> "cpu";
      case Device.Seat seat -> Device.Seat.MODEL;
    };
  }

  private static Target target(Placement.Placed placed, List<Move> moves) {
    Request moved = placed.request();
    String id = moved.id() + MoveCost.MOVE;
    List<Lease> leases = new ArrayList<>();
    moves.forEach(move -> leases.add(renamed(move.to(), id + "#" + leases.size())));
    Request request =
        new Request(
            id,
            members(moved.members(), moves),
            moved.account(),
            moved.owner(),
            moved.flavor(),
            moved.catalogVersion(),
            moved
                .policy()
                .withFallbacks(
                    moved.policy().fallbacks().stream().map(f -> fallback(f, moves)).toList()));
    return new Target(request, leases, placed.choice());
  }

  private static Policy.Alternative fallback(Policy.Alternative of, List<Move> moves) {
    return new Policy.Alternative(of.flavor(), of.catalogVersion(), members(of.members(), moves));
  }

  private static List<Shape> members(List<Shape> all, List<Move> moves) {
    return moves.stream().map(move -> all.get(move.member())).toList();
  }

  static Lease renamed(Lease lease, String id) {
    return new Lease(
        id,
        lease.node(),
        lease.devices(),
        lease.cpuMilli(),
        lease.memoryMib(),
        lease.podCpuMilli(),
        lease.podMemoryMib());
  }
}
