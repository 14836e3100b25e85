package dev.berth.scheduler.core.reserve;

import dev.berth.scheduler.core.Decision;
import dev.berth.scheduler.core.Effect;
import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.Scheduler;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.model.Inventory;
import dev.berth.scheduler.core.model.Lease;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scheduler in simulated time: what starts ends after its true run time, is drained at once, and
 * a tick comes every second.
 */
public final class World {
  public static final long SECOND = 1_000_000_000L;
  public final Map<String, Long> started = new HashMap<>();
  public State state = State.empty(7);
  public long now = SECOND;

  /** What to do after a step, with the state before it. */
  public java.util.function.Consumer<State> after = before -> {};

  public final Scheduler scheduler;
  private final Map<String, Long> runs = new HashMap<>();
  private final TreeMap<Long, List<String>> ends = new TreeMap<>();

  public World(int reservations) {
    scheduler = new Scheduler(Long.MAX_VALUE / 2, reservations);
  }

  public World with(String node, Inventory inventory) {
    step(new Event.NodeRegistered(node, inventory));
    step(new Event.Heartbeat(node, List.of()));
    return this;
  }

  /** A request that, once started, will run for {@code nanos}. */
  public void place(Request request, long nanos) {
    runs.put(request.id(), nanos);
    step(new Event.Place(request));
  }

  /** Lets time pass, with all that ends meanwhile. */
  public void until(long nanos) {
    while (now < nanos) {
      long tick = (now / SECOND + 1) * SECOND;
      Map.Entry<Long, List<String>> end = ends.firstEntry();
      if (end != null && end.getKey() <= Math.min(tick, nanos)) {
        now = Math.max(now, end.getKey());
        ends.pollFirstEntry();
        end.getValue().forEach(this::end);
      } else {
        now = Math.min(tick, nanos);
        if (now == tick) {
          step(new Event.Tick());
        }
      }
    }
  }

  public boolean waits(String id) {
    return state.placements().get(id) instanceof Placement.Waiting;
  }

  public void release(String id) {
    end(id);
  }

  private void end(String id) {
    step(new Event.Release(id));
    if (state.placements().get(id) instanceof Placement.Releasing releasing) {
      for (Lease lease : releasing.leases()) {
        step(new Event.LeaseGone(lease.node(), lease.id()));
      }
    }
  }

  private void step(Event event) {
    State before = state;
    Decision decision = scheduler.step(state, event, now);
    state = decision.state();
    for (Effect effect : decision.effects()) {
      if (effect instanceof Effect.PlacementSaved(Placement.Placed placed)
          && !started.containsKey(placed.id())) {
        started.put(placed.id(), now);
        ends.computeIfAbsent(
                now + runs.getOrDefault(placed.id(), Long.MAX_VALUE / 4), t -> new ArrayList<>())
            .add(placed.id());
      }
    }
    after.accept(before);
  }
}
