package dev.berth.scheduler.core.repack;

import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.defrag.Budget;
import dev.berth.scheduler.core.defrag.MoveCost;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Accelerator;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who may be moved, and at what cost. Single members only: a gang moves by {@code Defrag}. */
final class Movables {
  /** {@code alone} asks for the lease's shape under the lease's rules, without its fallbacks. */
  record Movable(Lease lease, Kind kind, Request alone, long cost) {
    Shape shape() {
      return kind.shape;
    }
  }

  private final State state;
  private final Budget budget;
  private final long now;
  private final Map<String, List<Movable>> byNode = new HashMap<>();
  private final Map<Shape, Kind> kinds = new HashMap<>();

  Movables(State state, Budget budget, long now) {
    this.state = state;
    this.budget = budget;
    this.now = now;
  }

  /** In the order of their lease ids. */
  List<Movable> on(Node node) {
    return byNode.computeIfAbsent(node.name(), name -> find(node));
  }

  private List<Movable> find(Node node) {
    List<Movable> found = new ArrayList<>();
    for (Lease lease : node.leases().values()) {
      if (state.placements().get(Request.placementOf(lease.id())) instanceof Placement.Placed placed
          && placed.request().members().size() == 1
          && placed.leases().size() == 1
          && placed.choice() == 0
          && !(placed.request().members().getFirst().accelerator() instanceof Accelerator.TpuSlice)
          && !placed.id().endsWith(MoveCost.MOVE)
          && MoveCost.movable(state, placed)) {
        found.add(movable(placed, lease));
      }
    }
    return found;
  }

  private Movable movable(Placement.Placed placed, Lease lease) {
    Request request = placed.request();
    Request alone =
        new Request(
            request.id() + MoveCost.MOVE,
            request.members(),
            request.account(),
            request.owner(),
            request.flavor(),
            request.catalogVersion(),
            request.policy().withFallbacks(List.of()));
    long cost = MoveCost.of(placed, lease, budget, now);
    return new Movable(lease, kind(request.members().getFirst()), alone, cost);
  }

  Kind kind(Shape shape) {
    return kinds.computeIfAbsent(shape, Kind::new);
  }
}
