package dev.berth.scheduler.snapshot;

import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.audit.Discrepancy;
import dev.berth.scheduler.core.audit.Recompute;
import dev.berth.scheduler.core.explain.Explanations;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.core.whatif.Sandbox;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the decisions make of a snapshot, away from production. Pure: no clock, no files. */
public final class OfflineReplay {
  private final Snapshot snapshot;
  private final Scheduler scheduler;

  public OfflineReplay(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.scheduler = snapshot.scheduler();
  }

  public List<Discrepancy> check() {
    return Recompute.check(snapshot.state());
  }

  /** How each waiting placement stands, by id in queue order. */
  public Map<String, Outcome> waiting() {
    State state = snapshot.state();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    Positions positions = scheduler.positions(snapshot.takenNanos());
    for (Placement.Waiting waiting : positions.all(state)) {
      outcomes.put(waiting.id(), Explanations.of(state, waiting, positions));
    }
    return outcomes;
  }

  /** The answers to recorded requests, placed one after the other, by id. */
  public Map<String, Outcome> place(List<Request> requests) {
    return place(new Sandbox(scheduler, snapshot.state(), snapshot.takenNanos()), requests);
  }

  /**
   * The answers if all that is placed or waiting were asked again, in the order in which it came,
   * of the same fleet empty and healthy: how much of today's waiting is due to the order of
   * arrival.
   */
  public Map<String, Outcome> fromEmpty() {
    State empty = State.empty(snapshot.state().epoch());
    for (Node node : snapshot.state().nodes().values()) {
      empty =
          empty.withNodes(
              empty.nodes().with(node.name(), node.emptied().seen(snapshot.takenNanos())));
    }
    List<Request> requests =
        snapshot.state().placements().values().stream()
            .sorted(Comparator.comparing(State.QueueKey::of))
            .map(Placement::request)
            .toList();
    return place(new Sandbox(scheduler, empty, snapshot.takenNanos()), requests);
  }

  private static Map<String, Outcome> place(Sandbox sandbox, List<Request> requests) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    requests.forEach(request -> outcomes.put(request.id(), sandbox.place(request)));
    return outcomes;
  }
}
