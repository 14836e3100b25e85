package dev.berth.scheduler.core;

import dev.berth.scheduler.core.model.Flavor;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Shape;
import dev.berth.scheduler.core.pack.Mix;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks anew, from time to time, at what the fleet has and what is asked of it. */
final class Survey {
  private static final long EVERY_NANOS = 600_000_000_000L;

  /** A placement says this much more about demand than a flavor that is merely offered. */
  private static final long PLACEMENT_WEIGHT = 8;

  /** Fewer ends than this may be chance. */
  private static final long FEW = 100;

  private Survey() {}

  static void refresh(Draft draft, long now) {
    State state = draft.state();
    SupplyDemand known = state.supplyDemand();
    boolean turning = turning(state);
    boolean fresh =
        !known.supplies().isEmpty()
            && known.turning() == turning
            && now - known.sinceNanos() < EVERY_NANOS;
    if (state.nodes().isEmpty() || fresh) {
      return;
    }
    List<SupplyDemand.Supply> supplies = SupplyDemand.supplies(state.nodes().values());
    Mix mix = known.given() ? known.mix() : mix(state);
    if (!mix.equals(known.mix())
        || !supplies.equals(known.supplies())
        || turning != known.turning()) {
      draft.put(state.with(new SupplyDemand(mix, supplies, now, known.given(), turning)));
    }
  }

  /** Once some of all placements have ended it stays true: what was learned is not forgotten. */
  private static boolean turning(State state) {
    long ended = state.outlook().durations().means().ended();
    return ended >= FEW
        && (state.supplyDemand().turning() || 4 * ended >= state.placements().size());
  }

  /** What is placed or waits now, and a little of all that the catalog offers. */
  private static Mix mix(State state) {
    Map<Shape, Long> weights = new HashMap<>();
    for (Flavor flavor : state.flavors()) {
      weights.merge(flavor.shape(), 1L, Long::sum);
    }
    for (Placement placement : state.placements().values()) {
      for (Shape shape : placement.request().members()) {
        weights.merge(shape, PLACEMENT_WEIGHT, Long::sum);
      }
    }
    return Mix.of(weights);
  }
}
