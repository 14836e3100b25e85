package dev.berth.scheduler.core;

import dev.berth.scheduler.core.fit.Placer;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Eviction;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import dev.berth.scheduler.core.quota.Book;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state while one step changes it, with the effects so far. Lives for one step only. */
final class Draft {
  private State state;
  private final List<Effect> effects = new ArrayList<>();

  Draft(State state) {
    this.state = state;
  }

  State state() {
    return state;
  }

  Decision decision() {
    return new Decision(state, effects);
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  void put(Node node) {
    state = state.with(node);
  }

  void put(State now) {
    state = now;
  }

  void put(Book book) {
    state = state.with(book);
  }

  void retryLater() {
    state = state.withRetry(true);
  }

  /** Stores the placement as it is now. */
  void save(Placement placement) {
    state = state.with(placement);
    emit(new Effect.PlacementSaved(placement));
  }

  /** Commits a complete trial. */
  Placement.Placed commit(Request request, long created, Placer.Trial.Complete trial, long now) {
    boolean reserved = state.outlook().reservation(request.id()) != null;
    Placement.Placed placed =
        new Placement.Waiting(request, created)
            .place(trial.leases(), state.epoch(), now, trial.choice());
    state = state.withNodes(trial.nodes()).withOutlook(state.outlook().started(placed));
    if (reserved) {
      retryLater(); // Others may start now on what was reserved and not taken.
    }
    save(placed);
    placed.leases().forEach(lease -> emit(new Effect.LeaseGranted(lease, placed)));
    return placed;
  }

  /** Asks the nodes for all leases of the placement; by its owner when {@code why} is null. */
  void release(Placement.Placed placed, @Nullable Eviction why) {
    save(placed.evict(why));
    placed.leases().forEach(l -> emit(new Effect.LeaseRevoked(l.node(), l.id())));
  }

  /** Forgets the placement; its devices are free. */
  void remove(Placement placement) {
    state = state.without(placement).freeing(placement.leases());
    if (state.outlook().reservation(placement.id()) != null) {
      state = state.withOutlook(state.outlook().without(placement.id()));
      retryLater();
    }
    emit(new Effect.PlacementRemoved(placement));
  }
}
