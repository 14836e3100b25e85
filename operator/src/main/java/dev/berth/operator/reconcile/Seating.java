package dev.berth.operator.reconcile;

import dev.berth.crds.Accelerator;
import dev.berth.operator.placement.Placement;
import dev.berth.operator.placement.PlacementState;
import dev.berth.operator.placement.Seats;
import dev.berth.operator.plan.Observed;
import dev.berth.operator.plan.PodView;
import dev.berth.operator.resolve.Resolution;
import dev.berth.operator.workload.Workload;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a Space of a ZeroGPU flavor as many replicas as its load asks for, unless it says how many.
 * Until the scheduler has said it, those stay that it has. Advice never takes what serves last.
 */
record Seating(Seats seats) {
  private static final List<Integer> ONE = List.of(0);

  Workload of(Workload workload, Resolution resolution, Observed observed) {
    if (!workload.wish().byLoad()
        || !(resolution instanceof Resolution.Resolved resolved)
        || !seated(resolved)) {
      return workload;
    }
    List<Integer> slots =
        seats
            .of(workload.identity().key())
            .map(advised -> serving(advised, observed, resolved.revision()))
            .orElseGet(() -> present(observed));
    return new Workload(
        workload.identity(),
        workload.generation(),
        workload.deleting(),
        workload.wish().seated(slots));
  }

  private static boolean seated(Resolution.Resolved resolved) {
    @Nullable Accelerator accelerator = resolved.spec().accelerator();
    return accelerator != null && accelerator.kind() == Accelerator.Kind.SEAT;
  }

  /** The last seat that serves stays until one of those advised does. */
  private static List<Integer> serving(List<Integer> advised, Observed observed, String revision) {
    List<Integer> serve =
        observed.placements().stream()
            .filter(p -> p.state() instanceof PlacementState.Placed)
            .filter(p -> p.id().revision().equals(revision))
            .filter(p -> observed.podsOf(p).stream().anyMatch(PodView::serving))
            .map(p -> p.id().slot())
            .sorted()
            .toList();
    return serve.isEmpty() || serve.stream().anyMatch(advised::contains)
        ? advised
        : Stream.concat(advised.stream(), serve.stream().limit(1)).sorted().toList();
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
