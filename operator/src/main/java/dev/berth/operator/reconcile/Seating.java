package dev.berth.operator.reconcile;

import dev.berth.crds.Accelerator;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.Seats;
import dev.berth.operator.plan.Observed;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.workload.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a Space of a ZeroGPU flavor as many replicas as its load asks for, unless it says how many.
 * Until the scheduler has said it, those stay that it has.
 */
record Seating(Seats seats) {
  private static final List<Integer> ONE = List.of(0);

  Workload of(Workload workload, Resolution resolution, Observed observed) {
    if (!workload.wish().byLoad() || !seated(resolution)) {
      return workload;
    }
    List<Integer> slots =
        seats.of(workload.identity().key()).orElseGet(() -> present(observed));
    return new Workload(
        workload.identity(),
        workload.generation(),
        workload.deleting(),
        workload.wish().seated(slots));
  }

  private static boolean seated(Resolution resolution) {
    if (!(resolution instanceof Resolution.Resolved resolved)) {
      return false;
    }
    @Nullable Accelerator accelerator = resolved.spec().accelerator();
    return accelerator != null && accelerator.kind() == Accelerator.Kind.SEAT;
  }

  private static List<Integer> present(Observed observed) {
    List<Integer> slots =
        observed.placements().stream()
            .filter(p -> !(p.state() instanceof PlacementState.Releasing))
            .map(Placement::id)
            .map(id -> id.slot())
            .distinct()
            .sorted()
            .toList();
    return slots.isEmpty() ? ONE : slots;
  }
}
