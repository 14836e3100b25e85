package dev.berth.scheduler.leadership;

import dev.berth.scheduler.core.Event;
import dev.berth.scheduler.core.State;
import dev.berth.scheduler.core.Step;
import dev.berth.scheduler.core.fleet.Node;
import dev.berth.scheduler.core.model.Placement;
import dev.berth.scheduler.core.model.Request;
import java.util.List;
import java.util.Map;

/**
 * Decisions of a standby that nobody hears of: on a copy of the facts, nodes register and
 * placements are asked for again, not more than {@value #MOST} of each: whoever is elected
 * meanwhile waits for it. The code that has to be fast right after a change of leaders is compiled
 * then. The core has no side effects, so the decisions are simply forgotten.
 */
final class Rehearsal {
  private static final int ENOUGH = 60_000;
  private static final int MOST = 1_000;

  private final Step scheduler;
  private int decisions;

  Rehearsal(Step scheduler) {
    this.scheduler = scheduler;
  }

  boolean isOver() {
    return decisions >= ENOUGH;
  }

  /** {@code now} in unix nanoseconds. */
  void of(State facts, long now) {
    State state = facts;
    for (Node node : some(facts.nodes())) {
      state = step(state, new Event.NodeRegistered(node.name(), node.inventory()), now);
      state = step(state, new Event.Heartbeat(node.name(), List.of()), now);
    }
    for (Placement placement : some(facts.placements())) {
      Request again = placement.request().withId("rehearsal/" + placement.id());
      state = step(state, new Event.Place(again), now);
    }
  }

  private static <T> List<T> some(Map<String, T> all) {
    return all.values().stream().limit(MOST).toList();
  }

  private State step(State state, Event event, long now) {
    decisions++;
    return scheduler.step(state, event, now).state();
  }
}
