package dev.berth.scheduler.core.whatif;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state that the production decisions may change freely: nothing of it is stored or told. */
public final class Sandbox {
  /** Passes over the queue after one event at most; each places hundreds. */
  private static final int MAX_PASSES = 256;

  private final Scheduler scheduler;
  private final long now;
  private final Map<String, Optional<Placement>> touched = new LinkedHashMap<>();
  private State state;

  public Sandbox(Scheduler scheduler, State state, long now) {
    this.scheduler = scheduler;
    this.state = state;
    this.now = now;
  }

  public State state() {
    return state;
  }

  /** Decides the event, and then what follows for the queue. */
  public List<Effect> step(Event event) {
    List<Effect> effects = once(event);
    for (int pass = 0; state.retry() && pass < MAX_PASSES; pass++) {
      once(new Event.Tick());
    }
    return effects;
  }

  private List<Effect> once(Event event) {
    State before = state;
    Decision decision = scheduler.step(before, event, now);
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved saved) {
        touch(before, saved.placement().id());
      } else if (effect instanceof Effect.PlacementRemoved removed) {
        touch(before, removed.last().id());
      }
    }
    state = decision.state();
    return decision.effects();
  }

  private void touch(State before, String id) {
    touched.putIfAbsent(id, Optional.ofNullable(before.placements().get(id)));
  }

  /** The placements that changed since the last call, as they were before. */
  Map<String, Optional<Placement>> touched() {
    Map<String, Optional<Placement>> since = new LinkedHashMap<>(touched);
    touched.clear();
    return since;
  }

  public Outcome place(Request request) {
    return step(new Event.Place(request)).stream()
        .filter(Effect.PlaceAnswered.class::isInstance)
        .map(effect -> ((Effect.PlaceAnswered) effect).outcome())
        .findFirst()
        .orElseThrow();
  }

  /** Gives the placement back; its agents drain it at once. */
  void release(String id) {
    step(new Event.Release(id));
    drained(id);
  }

  /** The agents of a releasing placement say that all of it is gone. */
  void drained(String id) {
    if (state.placements().get(id) instanceof Placement.Releasing releasing) {
      for (Lease lease : releasing.leases()) {
        step(new Event.LeaseGone(lease.node(), lease.id()));
      }
    }
  }

  /** Adds {@code count} nodes of unused names that start with {@code prefix}. */
  void add(String prefix, Inventory inventory, int count) {
    int number = 1;
    for (int added = 0; added < count; added++) {
      while (state.nodes().containsKey(prefix + number)) {
        number++;
      }
      step(new Event.NodeRegistered(prefix + number, inventory));
      ready(prefix + number);
    }
  }

  void ready(String node) {
    step(new Event.Heartbeat(node, List.of()));
  }

  void remove(String node) {
    state = state.withNodes(state.nodes().without(node));
  }
}
