package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.gang.Demand;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Reason;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.queue.Positions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How each waiting placement stands, in queue order; equal requests are explained once. */
public final class QueueView {
  private QueueView() {}

  public static Map<String, Outcome.Waiting> of(State state, Positions positions) {
    Map<List<Object>, List<Reason>> explained = new HashMap<>();
    Map<String, Outcome.Waiting> view = new LinkedHashMap<>();
    for (Placement.Waiting waiting : positions.all(state)) {
      List<Reason> reasons =
          explained.computeIfAbsent(
              equal(state, waiting), like -> Explanations.reasons(state, waiting));
      view.put(waiting.id(), new Outcome.Waiting(reasons, view.size() + 1));
    }
    return view;
  }

  /**
   * What the reasons depend on: with quotas also the queue and flavor, with reservations all that
   * says how long it will run, and what is kept for it.
   */
  private static List<Object> equal(State state, Placement.Waiting waiting) {
    Request request = waiting.request();
    boolean alike =
        state.book().tree().isEmpty()
            && waiting.nomination() == null
            && state.outlook().reservations().isEmpty();
    return alike
        ? List.of(Demand.of(request))
        : List.of(
            request.members(),
            request.policy(),
            request.account(),
            request.queue(),
            request.flavor(),
            waiting.nomination() == null ? "" : waiting.id());
  }
}
