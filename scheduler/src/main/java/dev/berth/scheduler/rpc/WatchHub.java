package dev.berth.scheduler.rpc;

import dev.berth.api.scheduler.v1.PlacementEvent;
import dev.berth.api.scheduler.v1.PlacementState;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Outcome;
import dev.berth.scheduler.core.QueueOrder;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.explain.QueueView;
import dev.berth.scheduler.core.gang.Returns;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.queue.Positions;
import dev.berth.scheduler.leadership.DecisionLoop;
import dev.berth.scheduler.leadership.DecisionObserver;
import dev.berth.scheduler.leadership.TermListener;
import dev.berth.scheduler.wire.Placements;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells every Watch what changed. The reasons and positions of waiting placements change with the
 * fleet and the queue, and take time to find; they are told at each tick if they did.
 */
public final class WatchHub implements DecisionObserver, TermListener {
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final LongSupplier clock;
  private final long returnAfterNanos;
  private final QueueOrder order;
  private final Set<String> saved = new HashSet<>();
  private Map<String, Outcome.Waiting> lastTold = Map.of();
  private Returns returns = Returns.NONE;
  private Set<String> better = Set.of();

  /** A fallback is told to have something better after that has fitted for so long. */
  public WatchHub(LongSupplier clock, long returnAfterNanos, QueueOrder order) {
    this.clock = clock;
    this.order = order;
    this.returnAfterNanos = returnAfterNanos;
  }

  /** Called between decisions: the list and all later changes make a whole. */
  void add(Subscriber subscriber, State state) {
    Map<String, Outcome.Waiting> waiting = view(state);
    for (Placement placement : state.placements().values()) {
      if (subscriber.wants(placement.id())) {
        subscriber.offer(
            PlacementEvent.newBuilder()
                .setPlacement(
                    Reads.view(placement, waiting).toBuilder()
                        .setBetterAvailable(better.contains(placement.id())))
                .setSnapshot(true)
                .build());
      }
    }
    subscriber.offer(PlacementEvent.newBuilder().setSnapshotEnd(true).build());
    subscribers.add(subscriber);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  @Override
  public void decided(State state, Event event, List<Effect> effects, long nanos) {
    if (subscribers.isEmpty()) {
      returns = Returns.NONE;
      better = Set.of();
      saved.clear();
      return;
    }
    for (Effect effect : effects) {
      if (effect instanceof Effect.PlacementSaved(Placement.Waiting waiting)) {
        saved.add(waiting.id());
      } else if (effect instanceof Effect.PlacementSaved(Placement placement)) {
        tell(Placements.write(placement));
      } else if (effect instanceof Effect.PlacementRemoved removed) {
        tell(
            Placements.write(removed.last()).toBuilder().setState(PlacementState.RELEASED).build());
      }
    }
    if (event instanceof Event.Tick) {
      tellQueue(state);
      tellReturns(state);
    }
  }

  /** Fallbacks for which something better became free, or is free no more. */
  private void tellReturns(State state) {
    long now = clock.getAsLong();
    returns = returns.seen(state, now);
    Set<String> before = better;
    better = returns.possible(now, returnAfterNanos);
    Set<String> told = new TreeSet<>(before);
    told.addAll(better);
    for (String id : told) {
      Placement placement = state.placements().get(id);
      if (placement != null && before.contains(id) != better.contains(id)) {
        tell(
            Placements.write(placement).toBuilder()
                .setBetterAvailable(better.contains(id))
                .build());
      }
    }
  }

  private void tellQueue(State state) {
    Map<String, Outcome.Waiting> now = view(state);
    now.forEach(
        (id, stands) -> {
          Placement placement = state.placements().get(id);
          if (placement != null && (saved.contains(id) || !stands.equals(lastTold.get(id)))) {
            tell(Reads.view(placement, now));
          }
        });
    lastTold = now;
    saved.clear();
  }

  private Map<String, Outcome.Waiting> view(State state) {
    return QueueView.of(state, new Positions(order, clock.getAsLong()));
  }

  private void tell(dev.berth.api.scheduler.v1.Placement placement) {
    PlacementEvent event = PlacementEvent.newBuilder().setPlacement(placement).build();
    subscribers.removeIf(
        subscriber -> subscriber.wants(placement.getPlacementId()) && !subscriber.offer(event));
  }

  @Override
  public void leading(DecisionLoop decisions) {}

  @Override
  public void notLeading() {
    subscribers.forEach(s -> s.end(Refusals.notLeader("Leadership moved; call Watch again.")));
    subscribers.clear();
  }
}
