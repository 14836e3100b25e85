package dev.berth.e2e.bench.engine;

import dev.berth.e2e.replay.Task;
import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.pack.Mix;
import dev.berth.scheduler.core.pack.SupplyDemand;
import java.util.List;

/**
 * The tasks of a trace, decided one after the other from the empty cluster on, with full ranking. A
 * task that does not fit is taken back, outside of the time. One scheduler serves all rounds, as in
 * a process that runs on.
 */
public final class Stream {
  private static final long NEVER = Long.MAX_VALUE / 4;
  private final Scheduler scheduler = new Scheduler(NEVER, 0, QueueOrder.LEAST_WORK);
  private final List<Task> tasks;
  private final State empty;
  private State state;
  private int next;

  public Stream(Trace trace) {
    tasks = trace.tasks();
    state = State.empty(1);
    trace
        .nodes()
        .forEach(
            (name, inventory) -> {
              step(new Event.NodeRegistered(name, inventory));
              step(new Event.Heartbeat(name, List.of()));
            });
    var supplies = SupplyDemand.supplies(state.nodes().values());
    empty = state.with(new SupplyDemand(Mix.of(trace.typical()), supplies, 0, true, false));
    restart();
  }

  public int size() {
    return tasks.size();
  }

  /** Back to the empty cluster; what the index knows follows, which is not part of a decision. */
  public void restart() {
    state = empty;
    next = 0;
    decide(new Event.Place(tasks.getFirst().request()));
    state = empty;
    step(new Event.Release(tasks.getFirst().id()));
  }

  /** Nanoseconds that each decision of one round took. */
  public long[] round() {
    restart();
    long[] nanos = new long[tasks.size()];
    for (int i = 0; i < nanos.length; i++) {
      Event.Place place = place();
      long begin = System.nanoTime();
      Decision decision = decide(place);
      nanos[i] = System.nanoTime() - begin;
      settle(decision);
    }
    return nanos;
  }

  /** The question after the last one; after the last of all the first on the empty cluster. */
  public Event.Place place() {
    if (next == tasks.size()) {
      restart();
    }
    return new Event.Place(tasks.get(next++).request());
  }

  public Decision decide(Event.Place place) {
    Decision decision = scheduler.step(state, place, next);
    state = decision.state();
    return decision;
  }

  /** Takes back what was not placed. */
  public void settle(Decision decision) {
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved(Placement.Waiting waiting)) {
        step(new Event.Release(waiting.id()));
      }
    }
  }

  private void step(Event event) {
    state = scheduler.step(state, event, 0).state();
  }
}
