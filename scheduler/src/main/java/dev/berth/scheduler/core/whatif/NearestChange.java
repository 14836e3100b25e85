package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes after which a request that is not placed would be, one kind of constraint relaxed at
 * a time, cheapest first. Each was tried by the production decisions on a copy of the state, with
 * the queue as it is; none is a guess. The search is bounded, so there may be others.
 */
public final class NearestChange {
  private NearestChange() {}

  /** Empty when the request is placed, or contradicts itself, or nothing was found. */
  public static List<Change> of(Scheduler scheduler, State state, Request request, long now) {
    Placement known = state.placements().get(request.id());
    boolean another = known != null && !known.request().equals(request);
    if (another || Explanations.invalid(request) != null || state.nodes().isEmpty()) {
      return List.of();
    }
    if (new Sandbox(scheduler, state, now).place(request) instanceof Outcome.Placed) {
      return List.of();
    }
    Trial trial = new Trial(scheduler, state, request, now);
    List<Change> changes = new ArrayList<>(WaitChanges.of(trial));
    changes.addAll(PolicyChanges.of(trial));
    changes.addAll(DeviceChanges.of(trial));
    changes.addAll(SmallerChanges.of(trial));
    changes.addAll(ReleaseChanges.of(trial));
    changes.addAll(NodeChanges.of(trial));
    return List.copyOf(changes);
  }
}
